// Runs the project's components inside Lightning Web Security, in its production form. Everything
// else stays outside: the engine, lightning/* and @salesforce/* belong to the system realm.
import { state } from './server.js';

const { version, namespace } = state.lws;
const records = new Map();
const loaded = new Map();
const outer = new Map();
const ready = start();

async function start() {
    const [sandbox, { LOCKER_UNMINIFIED_FLAG }] = await Promise.all([import('@locker/sandbox'), import('@locker/shared')]);
    const evaluate = (source, name) => sandbox.evaluateFunction(namespace, source, {}, `//# sourceURL=${name}`);
    const makeExports = evaluate('function () { return {}; }', 'exports.js');
    // Taken before any component adds a frame of its own: the production form has detached its realm's.
    const production = LOCKER_UNMINIFIED_FLAG === false && !document.querySelector('iframe');
    document.documentElement.dataset.lwsForm = production ? 'production' : 'debug';
    if (!production) {
        throw new Error(`Lightning Web Security ${version} did not run in its production form`);
    }
    const trap = await (await fetch('/asset/browser/pusher-trap.js')).text();
    // The sandbox has a window of its own: what a component loads becomes a property of that one.
    evaluate(`function (document) { ${trap} }`, 'pusher-trap.js')({ currentScript: document.querySelector('script[data-pusher]') });
    // A plain object, as the platform's own module format has it.
    const wrap = async (name) => sandbox.wrapDependency({ ...(await import(name)) }, name, namespace);
    const system = (name) => outer.get(name) ?? outer.set(name, wrap(name)).get(name);
    return { evaluate, makeExports, system };
}

// Errors of the sandbox come out as proxies, which a console can't read: they are told as errors.
function isProxy(value) {
    try {
        structuredClone(value);
        return false;
    } catch {
        return true;
    }
}

function tellReadably(event, thrown) {
    if (typeof thrown?.message === 'string' && isProxy(thrown)) {
        event.preventDefault();
        const { name, message, stack } = thrown;
        reportError(Object.assign(new Error(message), { name, stack: stack ?? `${name}: ${message}` }));
    }
}

window.addEventListener('unhandledrejection', (event) => tellReadably(event, event.reason));
window.addEventListener('error', (event) => tellReadably(event, event.error));

/** Names a module by its address below /sandboxed/c/, or nothing when it is the platform's. */
function locate(specifier, from) {
    const plain = specifier.split('?')[0];
    if (plain.startsWith('.')) {
        const { pathname } = new URL(plain, `http://c/${from}`);
        return /\.(?:js|ts|html|css)$/.test(pathname) ? pathname.slice(1) : `${pathname.slice(1)}.js`;
    }
    const [space, bundle, ...file] = plain.split('/');
    return space === 'c' ? [bundle, ...(file.length ? file : [`${bundle}.js`])].join('/') : undefined;
}

async function read(address) {
    const { makeExports, system } = await ready;
    const answer = await (await fetch(`/sandboxed/c/${address}`)).json();
    if (answer.error) {
        throw new Error(answer.error);
    }
    const record = { address, code: answer.code, exports: makeExports(), own: new Map(), given: new Map() };
    const outside = [];
    for (const name of answer.imports) {
        const place = locate(name, address);
        if (place) {
            record.own.set(name, place);
        } else {
            outside.push(system(name).then((module) => record.given.set(name, module)));
        }
    }
    await Promise.all(outside);
    return record;
}

/** Fetches a module with all that it imports, each once. */
async function gather(address, seen = new Set()) {
    if (seen.has(address)) {
        return;
    }
    seen.add(address);
    if (!records.has(address)) {
        records.set(address, read(address));
        records.get(address).catch(() => records.delete(address));
    }
    const record = await records.get(address);
    loaded.set(address, record);
    await Promise.all([...record.own.values()].map((place) => gather(place, seen)));
}

function run(record, evaluate) {
    const own = new Map([...record.own].map(([name, place]) => [name, loaded.get(place)]));
    for (const needed of own.values()) {
        evaluateModule(needed, evaluate);
    }
    const require = (name) => record.given.get(name) ?? own.get(name).exports;
    const body = evaluate(`function (require, exports, $import) { ${record.code}\n}`, `c/${record.address}`);
    body(require, record.exports, (name) => importLate(name, record.address));
}

/** Evaluates a module after what it imports, once; a circle meets what is exported so far. */
function evaluateModule(record, evaluate) {
    if (!record.begun) {
        record.begun = true;
        try {
            run(record, evaluate);
        } catch (error) {
            record.failure = error;
        }
    }
    if (record.failure) {
        throw record.failure;
    }
}

async function importLate(name, from) {
    const place = locate(name, from);
    return place ? importSandboxed(place) : (await ready).system(name);
}

/** Imports a file of the project, `bundle/file.js`, into the sandbox; a revision replaces it. */
export async function importSandboxed(address, revision = 0) {
    if (revision) {
        records.delete(address);
    }
    await gather(address);
    const record = loaded.get(address);
    evaluateModule(record, (await ready).evaluate);
    return record.exports;
}

export async function evaluateInside(source) {
    return (await ready).evaluate(source, 'inside.js');
}
