// Reads components with all that their markup names, so that they can be made at once.
import { evaluateBeside, importComponent } from '../components.js';
import { post } from '../server.js';
import { makeFramework } from './framework.js';
import { isStandard } from './standard.js';

const definitions = new Map();
const modules = new Map();
const problems = new Map();

/** Runs a script of a bundle, one object literal, where the components run. */
function evaluate(text, file) {
    const source = `function ($A) {\n'use strict';\nconst script = ${text}\nreturn script;\n//# sourceURL=${file}\n}`;
    return evaluateBeside(source, globalThis.$A);
}

async function loadLwc(space, name) {
    const key = `${space}:${name}`;
    if (!modules.has(key) && !problems.has(key)) {
        const { problems: found } = await post('/preview/check', { component: `${space}/${name}` });
        if (found.length) {
            problems.set(key, found.map(({ file, line, message }) => `${file}${line ? `:${line}` : ''}: ${message}`).join('\n'));
        } else {
            modules.set(key, await importComponent(space, name));
        }
    }
}

async function loadNode(node) {
    if (node.text || node.problem) {
        return;
    }
    if (node.space === 'aura-component') {
        await loadDefinition(node.name).catch((error) => problems.set(`aura-component:${node.name}`, error.message));
    } else if (node.space === 'lightning' && isStandard(node.name)) {
        await loadLwc('lightning', 'icon');
    } else if (node.space === 'c' || node.space === 'lightning') {
        await loadLwc(node.space, node.name);
    }
    await Promise.all((node.content ?? []).map(loadNode));
}

async function read(name) {
    const definition = await post('/preview/aura', { component: name });
    const { scripts } = definition;
    globalThis.$A ??= makeFramework(definition.labels);
    for (const [kind, text] of Object.entries(scripts)) {
        const title = `${kind[0].toUpperCase()}${kind.slice(1)}`;
        scripts[kind] = await evaluate(text, definition.file.replace('.cmp', `${title}.js`));
    }
    if (definition.style) {
        document.head.append(Object.assign(document.createElement('style'), { textContent: definition.style }));
    }
    return definition;
}

export function loadDefinition(name) {
    if (!definitions.has(name)) {
        const loading = read(name).then((definition) => {
            loading.definition = definition;
            return Promise.all(definition.body.map(loadNode)).then(() => definition);
        });
        definitions.set(name, loading);
    }
    return definitions.get(name);
}

export const findDefinition = (name) => definitions.get(name)?.definition;
export const findModule = (space, name) => modules.get(`${space}:${name}`);
export const findProblem = (node) => node.problem ?? problems.get(`${node.space}:${node.name}`);
