// Makes the preview's browser and compiler assets from npm packages. Run by a maintainer at release
// time, from the repository's root, after `npm ci`:
//
//     node sfgen/assets/recipe/build.mjs
//
// The outputs are committed, so that nobody who runs sfgen needs Node. Versions and SHA-256 digests
// of everything written stand in ../manifest.json; licences are copied to ../licences/.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const HERE = dirname(fileURLToPath(import.meta.url));
const ASSETS = dirname(HERE);
const MODULES = resolve(HERE, '../../../../node_modules');
const DESIGN = join(MODULES, '@salesforce-ux/design-system');
const SPRITES = ['utility', 'standard', 'action', 'custom', 'doctype'];
const LICENCES = {
    'lwc.md': 'lwc/LICENSE.md',
    'parse5.txt': 'parse5/LICENSE',
    'postcss.txt': 'postcss/LICENSE',
    'babel.txt': '@babel/core/LICENSE',
    'slds-icons.txt': '@salesforce-ux/design-system/assets/icons/License-for-icons.txt',
    'locker-transform.txt': '@locker/babel-plugin-transform-unforgeables/LICENSE.txt'
};

const manifest = { packages: {}, files: {} };

function version(name) {
    return JSON.parse(readFileSync(join(MODULES, name, 'package.json'), 'utf8')).version;
}

function write(name, bytes) {
    const packed = gzipSync(bytes, { level: 9 });
    // Byte 9 names the operating system that packed; the same input shall give the same file.
    packed[9] = 255;
    writeFileSync(join(ASSETS, name), packed);
    manifest.files[name] = {
        bytes: packed.length,
        sha256: createHash('sha256').update(packed).digest('hex')
    };
}

async function bundle(entry, options) {
    const result = await build({
        bundle: true,
        minify: true,
        legalComments: 'eof',
        logLevel: 'error',
        nodePaths: [MODULES],
        target: 'es2022',
        write: false,
        ...options,
        entryPoints: [join(HERE, entry)]
    });
    return result.outputFiles[0].contents;
}

async function buildCompiler() {
    const shim = (name) => join(HERE, 'node-shims', name);
    const own = { assert: 'assert.cjs', path: 'path.js', url: 'url.js' };
    const names = ['path', 'fs', 'assert', 'url', 'module', 'os', 'util', 'process', 'v8', 'tty'];
    return bundle('compiler.js', {
        alias: {
            ...Object.fromEntries(
                names.flatMap((name) => {
                    const file = shim(own[name] ?? 'empty.js');
                    return [
                        [name, file],
                        [`node:${name}`, file]
                    ];
                })
            ),
            // Server-side rendering is no part of a preview.
            '@lwc/ssr-compiler': shim('ssr-compiler.js')
        },
        define: { 'process.env.NODE_ENV': '"production"' },
        format: 'iife',
        inject: [join(HERE, 'node-shims', 'globals.js')],
        mainFields: ['browser', 'module', 'main'],
        platform: 'browser'
    });
}

async function buildEngine(entry) {
    return bundle(entry, {
        // The engine's development form: it reports what a production engine keeps silent about,
        // and it can swap a template, a style sheet or a class while the page stands.
        define: { 'process.env.NODE_ENV': '"development"' },
        format: 'esm',
        platform: 'browser'
    });
}

mkdirSync(join(ASSETS, 'licences'), { recursive: true });
write('lwc-compiler.js.gz', await buildCompiler());
write('lwc-engine.js.gz', await buildEngine('engine.js'));
write('lwc-synthetic-shadow.js.gz', await buildEngine('synthetic-shadow.js'));
const styles = join(DESIGN, 'assets/styles/salesforce-lightning-design-system.min.css');
write('slds.css.gz', readFileSync(styles));
for (const sprite of SPRITES) {
    const path = join(DESIGN, `assets/icons/${sprite}-sprite/svg/symbols.svg`);
    write(`slds-${sprite}.svg.gz`, readFileSync(path));
}
for (const [name, path] of Object.entries(LICENCES)) {
    writeFileSync(join(ASSETS, 'licences', name), readFileSync(join(MODULES, path)));
}
const MADE_FROM = [
    'lwc',
    '@lwc/compiler',
    '@babel/core',
    '@babel/plugin-transform-modules-commonjs',
    '@salesforce-ux/design-system',
    'esbuild'
];
for (const name of MADE_FROM) {
    manifest.packages[name] = version(name);
}
writeFileSync(join(ASSETS, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
console.log(JSON.stringify(manifest, null, 2));
