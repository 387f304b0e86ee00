// Compiles a project's Lightning web components as they stand into one module for the browser.
// usage: node bundle_widgets.mjs <main/default folder> <output file>
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { engine, require, resolveModules, writeEntry } from './org_modules.mjs';

const { rollup } = require('rollup');
const lwc = require('@lwc/rollup-plugin');
const [source, output] = process.argv.slice(2);
const bundles = readdirSync(join(source, 'lwc'));
const entry = bundles
    .filter((name) => existsSync(join(source, 'lwc', name, `${name}.html`)))
    .map((name) => `export { default as ${name} } from 'c/${name}';`)
    .concat("export { createElement } from 'lwc';")
    .concat(bundles.filter((name) => name.endsWith('ChannelService')).map((name) => `export * as channels from 'c/${name}';`))
    .join('\n');
const bundle = await rollup({
    input: '\0entry',
    onwarn() {},
    plugins: [
        writeEntry(entry),
        resolveModules(source),
        lwc({ exclude: ['**/node_modules/@lwc/**'], enableDynamicComponents: false, apiVersion: 64 }),
        engine
    ]
});
await bundle.write({ file: output, format: 'es' });
