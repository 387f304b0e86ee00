// Compiles a project's Lightning web components as they stand into one module for the browser.
// usage: node bundle_widgets.mjs <main/default folder> <output file>
import { createRequire } from 'node:module';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const require = createRequire(join(root, 'package.json'));
const { rollup } = require('rollup');
const lwc = require('@lwc/rollup-plugin');
const [source, output] = process.argv.slice(2);
const stubs = join(root, 'node_modules/@salesforce/sfdx-lwc-jest/src/lightning-stubs');
const own = join(root, 'tests/browser/platform');
const labels = readFileSync(join(source, 'labels/CustomLabels.labels-meta.xml'), 'utf8');

function readLabel(name) {
    const found = new RegExp(`<fullName>${name}</fullName>[^]*?<value\\s*>([^<]*)</value>`).exec(labels);
    if (!found) {
        throw new Error(`no label ${name}`);
    }
    return found[1];
}

function writeVirtual(id) {
    const [, kind, name] = /^@salesforce\/(\w+)\/(.*)$/.exec(id);
    if (kind === 'apex') {
        return `export default (parameters) => window.callApex(${JSON.stringify(name)}, parameters);`;
    }
    if (kind === 'label') {
        return `export default ${JSON.stringify(readLabel(name.replace(/^c\./, '')))};`;
    }
    if (kind === 'resourceUrl') {
        return `export default ${JSON.stringify(`/resource/${name}`)};`;
    }
    throw new Error(`unknown module ${id}`);
}

function place(folder, name) {
    return [join(folder, name, `${name}.js`), join(folder, `${name}.js`)].find(existsSync);
}

const resolver = {
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
        return id.startsWith('\0@salesforce/') ? writeVirtual(id.slice(1)) : null;
    }
};

const bundles = readdirSync(join(source, 'lwc'));
const entry = bundles
    .filter((name) => existsSync(join(source, 'lwc', name, `${name}.html`)))
    .map((name) => `export { default as ${name} } from 'c/${name}';`)
    .concat("export { createElement } from 'lwc';")
    .concat(bundles.filter((name) => name.endsWith('Channels')).map((name) => `export * as channels from 'c/${name}';`))
    .join('\n');
const bundle = await rollup({
    input: '\0entry',
    onwarn() {},
    plugins: [
        {
            name: 'entry',
            resolveId: (id) => (id === '\0entry' ? id : null),
            load: (id) => (id === '\0entry' ? entry : null)
        },
        resolver,
        lwc({ exclude: ['**/node_modules/@lwc/**'], enableDynamicComponents: false, apiVersion: 64 }),
        {
            name: 'engine',
            resolveId(id) {
                return id === 'lwc' || id === '@lwc/engine-dom'
                    ? require.resolve('@lwc/engine-dom').replace('index.cjs.js', 'index.js')
                    : null;
            },
            transform: (code) => code.replaceAll('process.env.NODE_ENV', '"production"')
        }
    ]
});
await bundle.write({ file: output, format: 'es' });
