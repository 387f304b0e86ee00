// Compiles a project's components for Lightning Web Security, and what they import for the system.
// usage: node bundle_sandboxed.mjs <main/default folder> <output folder>
// Writes sandboxed.js (AMD, the project's own, with the compiler's LWS transforms) and system.js.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { engine, require, resolveModules, writeEntry } from './org_modules.mjs';

const { rollup } = require('rollup');
const lwc = require('@lwc/rollup-plugin');
const [source, output] = process.argv.slice(2);
const options = { exclude: ['**/node_modules/@lwc/**'], enableDynamicComponents: false, apiVersion: 64 };
const bundles = readdirSync(join(source, 'lwc'));
const isOwn = (id) => id === '\0entry' || /^(c\/|@lwc\/|[./\0])/.test(id);

const sandboxed = await rollup({
    input: '\0entry',
    external: (id) => !isOwn(id),
    onwarn() {},
    plugins: [
        writeEntry(
            bundles
                .filter((name) => existsSync(join(source, 'lwc', name, `${name}.html`)))
                .map((name) => `export { default as ${name} } from 'c/${name}';`)
                .concat("export * as channels from 'c/pusherChannelService';")
                .join('\n')
        ),
        resolveModules(source),
        lwc({ ...options, enableLightningWebSecurityTransforms: true })
    ]
});
const { output: [chunk] } = await sandboxed.write({
    file: join(output, 'sandboxed.js'),
    format: 'amd',
    interop: 'esModule'
});

const names = chunk.imports;
const system = await rollup({
    input: '\0entry',
    onwarn() {},
    plugins: [
        writeEntry(
            names
                .map((name, index) => `import * as m${index} from '${name}';`)
                .concat(`export const modules = { ${names.map((name, index) => `'${name}': { ...m${index} }`).join(', ')} };`)
                .concat("export { createElement } from 'lwc';")
                .join('\n')
        ),
        resolveModules(source),
        lwc(options),
        engine
    ]
});
await system.write({ file: join(output, 'system.js'), format: 'es' });
