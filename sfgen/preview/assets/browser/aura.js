// Aura components: emulated from their markup. Nothing of the framework is here.
import { createElement } from 'lwc';
import { importComponent } from './components.js';
import { post } from './server.js';

const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function look(scope, value) {
    if (value === null || typeof value !== 'object') {
        return value;
    }
    const negated = value.path.startsWith('!');
    const [first, ...names] = value.path.replace('!', '').split('.');
    const found = names.reduce((object, name) => object?.[name], scope[first]);
    return negated ? !found : found;
}

async function drawLwc(space, node, scope) {
    const specifier = `${space}/${node.name}`;
    const { problems } = await post('/preview/check', { component: specifier });
    if (problems.length) {
        throw new Error(problems.map(({ file, message }) => `${file}: ${message}`).join('\n'));
    }
    const { default: is } = await importComponent(space, node.name);
    const element = createElement(`${space}-${kebab(node.name)}`, { is });
    for (const [name, value] of Object.entries(node.values)) {
        if (name in element) {
            element[name] = look(scope, value);
        }
    }
    return [element];
}

async function drawFramework(node, scope) {
    if (node.name === 'if') {
        return look(scope, node.values.isTrue) ? drawAll(node.content, scope) : [];
    }
    if (node.name === 'iteration') {
        const rows = (look(scope, node.values.items) ?? []).map((item) =>
            drawAll(node.content, { ...scope, [node.values.var]: item })
        );
        return (await Promise.all(rows)).flat();
    }
    return [];
}

async function draw(node, scope) {
    if (typeof node === 'string' || node.path) {
        const text = look(scope, node);
        return text === undefined || String(text).trim() === '' ? [] : [document.createTextNode(text)];
    }
    if (node.space === 'aura') {
        return drawFramework(node, scope);
    }
    if (node.space === 'aura-component') {
        const values = Object.fromEntries(Object.entries(node.values).map(([name, value]) => [name, look(scope, value)]));
        return drawComponent(node.name, values);
    }
    if (node.space) {
        return drawLwc(node.space, node, scope);
    }
    const element = document.createElement(node.name);
    for (const [name, value] of Object.entries(node.values)) {
        element.setAttribute(name, look(scope, value));
    }
    element.append(...(await drawAll(node.content, scope)));
    return [element];
}

async function drawAll(nodes, scope) {
    return (await Promise.all(nodes.map((node) => draw(node, scope)))).flat();
}

async function drawComponent(name, values) {
    const { attributes, body } = await post('/preview/aura', { component: name });
    const known = Object.entries(attributes).map(([key, value]) => [key, values[key] ?? value]);
    return drawAll(body, { v: Object.fromEntries(known) });
}

export async function mountAura(place, { name, properties }, context) {
    const label = document.createElement('span');
    label.className = 'preview-emulated';
    label.textContent = 'Aura, emulated';
    const drawn = await drawComponent(name, { ...context, ...properties });
    place.replaceChildren(label, ...drawn);
}
