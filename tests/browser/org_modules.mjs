// The modules that a Lightning web component may name, as rollup's plugins.
import { createRequire } from 'node:module';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const require = createRequire(join(root, 'package.json'));
const stubs = join(root, 'node_modules/@salesforce/sfdx-lwc-jest/src/lightning-stubs');
const own = join(root, 'tests/browser/platform');

function readLabel(source, name) {
    const labels = readFileSync(join(source, 'labels/CustomLabels.labels-meta.xml'), 'utf8');
    const found = new RegExp(`<fullName>${name}</fullName>[^]*?<value\\s*>([^<]*)</value>`).exec(labels);
    if (!found) {
        throw new Error(`no label ${name}`);
    }
    return found[1];
}

function writeVirtual(source, id) {
    const [, kind, name] = /^@salesforce\/(\w+)\/(.*)$/.exec(id);
    if (kind === 'apex') {
        return `export default (parameters) => window.callApex(${JSON.stringify(name)}, parameters);`;
    }
    if (kind === 'label') {
        return `export default ${JSON.stringify(readLabel(source, name.replace(/^c\./, '')))};`;
    }
    if (kind === 'resourceUrl') {
        return `export default ${JSON.stringify(`/resource/${name}`)};`;
    }
    if (kind === 'i18n') {
        return `export default ${JSON.stringify({ timeZone: 'UTC' }[name])};`;
    }
    if (kind === 'user') {
        return `export default ${JSON.stringify({ Id: '005000000000001AAA' }[name])};`;
    }
    throw new Error(`unknown module ${id}`);
}

function place(folder, name) {
    return [join(folder, name, `${name}.js`), join(folder, `${name}.js`)].find(existsSync);
}

/** Resolves a project's components and what Salesforce gives them. */
export const resolveModules = (source) => ({
    name: 'salesforce',
    resolveId(id) {
        if (id.startsWith('@salesforce/') && !id.includes('wire-service')) {
            return `\0${id}`;
        }
        const [space, name] = id.split('/');
        if (space === 'c') {
            return place(join(source, 'lwc'), name);
        }
        return space === 'lightning' ? place(own, name) ?? place(stubs, name) : null;
    },
    load(id) {
        return id.startsWith('\0@salesforce/') ? writeVirtual(source, id.slice(1)) : null;
    }
});

/** The engine that runs components, in its production form. */
export const engine = {
    name: 'engine',
    resolveId(id) {
        return id === 'lwc' || id === '@lwc/engine-dom'
            ? require.resolve('@lwc/engine-dom').replace('index.cjs.js', 'index.js')
            : null;
    },
    transform: (code) => code.replaceAll('process.env.NODE_ENV', '"production"')
};

/** A module that is only a text. */
export const writeEntry = (text) => ({
    name: 'entry',
    resolveId: (id) => (id === '\0entry' ? id : null),
    load: (id) => (id === '\0entry' ? text : null)
});
