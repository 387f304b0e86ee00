// Compiles the generated modules and scripts, as they stand, into functions of a page's globals.
import { createRequire } from 'node:module';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve as toPath } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const { build } = createRequire(join(root, 'package.json'))('esbuild');

/** Every global that code of a page may use; nothing else of Node is meant for it. */
export const GLOBALS = [
    'window',
    'self',
    'document',
    'navigator',
    'BroadcastChannel',
    'WebSocket',
    'XMLHttpRequest',
    'setTimeout',
    'clearTimeout',
    'setInterval',
    'clearInterval',
    'Date',
    'Math',
    'callApex',
    'loadResource'
];

const compile = (code, filename) => compileFunction(code, GLOBALS, { filename });

const PARTS = {
    channels: 'ChannelService',
    configuration: 'ConfigurationService',
    chat: 'ChatModel',
    list: 'ConversationListModel',
    notifications: 'NotificationsModel'
};

function writeVirtual(id) {
    const [, kind, name] = /^@salesforce\/(\w+)\/(.*)$/.exec(id) ?? [];
    if (kind === 'apex') {
        const method = name.split('.').at(-1);
        return `export default (parameters) => callApex('${method}', parameters);`;
    }
    if (id === 'lwc') {
        return 'export class LightningElement {}';
    }
    return id.endsWith('platformResourceLoader')
        ? 'export const loadScript = (element, url) => loadResource(url);'
        : `export default ${JSON.stringify(name)};`;
}

const resolve = (source) => ({
    name: 'salesforce',
    setup(plugins) {
        plugins.onResolve({ filter: /^c\// }, ({ path }) => {
            const name = path.slice(2);
            return { path: join(source, 'lwc', name, `${name}.js`) };
        });
        plugins.onResolve({ filter: /^(@salesforce\/|lightning\/|lwc$)/ }, ({ path }) => ({
            path,
            namespace: 'virtual'
        }));
        plugins.onLoad({ filter: /.*/, namespace: 'virtual' }, ({ path }) => ({
            contents: writeVirtual(path)
        }));
    }
});

/** The project's code: run(globals) makes one tab's modules or runs one script. */
export async function bundleProject(folder, change = (path, code) => code) {
    const source = toPath(folder);
    const names = readdirSync(join(source, 'lwc'));
    const prefix = names.find((name) => name.endsWith('CatchUpService')).slice(0, -'CatchUpService'.length);
    const isDirect = !names.includes(`${prefix}BridgeClient`);
    const entry = Object.entries(PARTS)
        .filter(([, part]) => names.includes(prefix + part))
        .map(([name, part]) => `export * as ${name} from 'c/${prefix}${part}';`)
        .concat(
            isDirect
                ? `export { default as Bridge } from 'c/${prefix}Bridge';`
                : `export { offerFrame } from 'c/${prefix}BridgeClient';`
        )
        .join('\n');
    const built = await build({
        stdin: { contents: entry, resolveDir: source },
        bundle: true,
        write: false,
        format: 'iife',
        globalName: 'modules',
        target: 'es2022',
        plugins: [changing(change), resolve(source)]
    });
    const resources = join(source, 'staticresources');
    const folders = readdirSync(resources).filter((name) => /(BridgeScripts|Js)$/.test(name));
    const scripts = {};
    for (const folder of folders) {
        for (const file of readdirSync(join(resources, folder)).filter((name) => name.endsWith('.js'))) {
            const path = join(resources, folder, file);
            scripts[file] = compile(change(path, readFileSync(path, 'utf8')), path);
        }
    }
    const pusher = Object.keys(scripts).find((name) => name.startsWith('pusher'));
    const order = [pusher, 'retry.js', 'authorizer.js', 'channels.js', 'connection.js', 'tabs.js', 'session.js', 'page.js'];
    return {
        prefix: names.find((name) => existsSync(join(source, 'lwc', name))) && findPrefix(folders),
        isDirect,
        modules: compile(`${built.outputFiles[0].text}; return modules;`, 'modules.js'),
        page: order.filter((name) => scripts[name]).map((name) => scripts[name]),
        scripts
    };
}

const findPrefix = (folders) => folders.find((name) => name.endsWith('BridgeScripts')).slice(0, -'BridgeScripts'.length);

/** Lets a test put a fault back into the code that it reads. */
const changing = (change) => ({
    name: 'changing',
    setup(plugins) {
        plugins.onLoad({ filter: /\.js$/, namespace: 'file' }, ({ path }) => ({
            contents: change(path, readFileSync(path, 'utf8')),
            loader: 'js'
        }));
    }
});
