// What @lwc/compiler and Babel expect of their host and bare V8 doesn't have.
const nothing = () => undefined;

globalThis.process ??= {
    env: {},
    argv: [],
    platform: 'linux',
    versions: { node: '20.0.0' },
    version: 'v20.0.0',
    cwd: () => '/',
    emitWarning: nothing,
    nextTick: (call, ...values) => Promise.resolve().then(() => call(...values)),
    stderr: { isTTY: false, write: nothing, fd: 2 },
    stdout: { isTTY: false, write: nothing, fd: 1 }
};
globalThis.console ??= { log: nothing, warn: nothing, error: nothing, info: nothing, debug: nothing };
globalThis.performance ??= { now: () => Date.now(), mark: nothing, measure: nothing };
globalThis.structuredClone ??= (value) => copy(value, new Map());
globalThis.setTimeout ??= nothing;
globalThis.clearTimeout ??= nothing;
globalThis.Buffer ??= { from: (text) => text, isBuffer: () => false };
globalThis.TextEncoder ??= class {
    encode(text) {
        const bytes = unescape(encodeURIComponent(text));
        return Uint8Array.from(bytes, (letter) => letter.charCodeAt(0));
    }
};
globalThis.TextDecoder ??= class {
    decode(bytes) {
        return decodeURIComponent(escape(String.fromCharCode(...bytes)));
    }
};
globalThis.URL ??= class {
    constructor(text) {
        this.href = String(text);
        this.pathname = this.href;
        this.protocol = '';
    }
};

function copy(value, seen) {
    if (value === null || typeof value !== 'object') {
        return value;
    }
    if (seen.has(value)) {
        return seen.get(value);
    }
    if (value instanceof RegExp) {
        return new RegExp(value.source, value.flags);
    }
    const made = Array.isArray(value) ? [] : Object.create(Object.getPrototypeOf(value));
    seen.set(value, made);
    if (value instanceof Map) {
        const map = new Map();
        seen.set(value, map);
        value.forEach((member, key) => map.set(copy(key, seen), copy(member, seen)));
        return map;
    }
    for (const key of Object.keys(value)) {
        made[key] = copy(value[key], seen);
    }
    return made;
}
