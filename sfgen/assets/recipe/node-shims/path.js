// The few functions of Node's path module that the compiler calls, for POSIX paths.
export const sep = '/';
export const delimiter = ':';

export function normalize(path) {
    const parts = [];
    for (const part of path.split('/')) {
        if (part === '..' && parts.length && parts.at(-1) !== '..') {
            parts.pop();
        } else if (part && part !== '.') {
            parts.push(part);
        }
    }
    return (path.startsWith('/') ? '/' : '') + parts.join('/') || '.';
}

export const join = (...parts) => normalize(parts.filter(Boolean).join('/'));
export const isAbsolute = (path) => path.startsWith('/');
export const dirname = (path) => path.slice(0, Math.max(path.lastIndexOf('/'), 0)) || '.';

export function basename(path, suffix = '') {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}

export function extname(path) {
    const name = basename(path);
    const dot = name.lastIndexOf('.');
    return dot > 0 ? name.slice(dot) : '';
}

export function resolve(...parts) {
    let path = '';
    for (const part of parts.reverse()) {
        path = path ? `${part}/${path}` : part;
        if (path.startsWith('/')) {
            break;
        }
    }
    return normalize(path.startsWith('/') ? path : `/${path}`);
}

export const relative = (from, to) => (to.startsWith(`${from}/`) ? to.slice(from.length + 1) : to);

export function parse(path) {
    const base = basename(path);
    const ext = extname(path);
    return { root: isAbsolute(path) ? '/' : '', dir: dirname(path), base, ext, name: basename(base, ext) };
}

const path = { sep, delimiter, normalize, join, isAbsolute, dirname, basename, extname, resolve, relative, parse };
path.posix = path;
path.win32 = path;
export const posix = path;
export const win32 = path;
export default path;
