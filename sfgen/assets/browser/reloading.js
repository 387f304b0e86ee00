// Hot reload: templates and style sheets are swapped in place, classes swap their instances, and
// what stands below the browser reloads the page with its open utilities and scroll position.
import { swapComponent, swapStyle, swapTemplate } from 'lwc';
import { importFile } from './components.js';

const current = new Map();
const remounts = new Map();
let revision = 0;

export function track(name, Component, make) {
    const known = remounts.get(name) ?? [];
    remounts.set(name, [...known, make]);
    current.set(`${name}/${name}.js`, Component);
}

async function standing(bundle, file) {
    const address = `${bundle}/${file}`;
    if (!current.has(address)) {
        current.set(address, (await importFile(bundle, file)).default);
    }
    return current.get(address);
}

async function swap(bundle, file) {
    const before = await standing(bundle, file);
    revision += 1;
    const { default: after } = await importFile(bundle, file, revision);
    current.set(`${bundle}/${file}`, after);
    if (file.endsWith('.css')) {
        before?.forEach((style, index) => after?.[index] && swapStyle(style, after[index]));
        return Boolean(before) && before.length === after?.length;
    }
    if (file.endsWith('.html')) {
        return swapTemplate(before, after);
    }
    const swapped = swapComponent(before, after);
    (remounts.get(bundle) ?? []).forEach((make) => make(after));
    return swapped || remounts.has(bundle);
}

function reload() {
    sessionStorage.setItem('sfgen-scroll', String(document.getElementById('main').scrollTop));
    location.reload();
}

async function apply({ bundle, file }) {
    try {
        if (!bundle || !(await swap(bundle, file))) {
            reload();
        }
    } catch {
        reload();
    }
}

export function startReloading() {
    document.getElementById('main').scrollTop = Number(sessionStorage.getItem('sfgen-scroll') ?? 0);
    sessionStorage.removeItem('sfgen-scroll');
    const events = new EventSource('/preview/events');
    events.addEventListener('change', ({ data }) => apply(JSON.parse(data)));
    for (const name of ['frame', 'traffic', 'panel']) {
        events.addEventListener(name, ({ data }) =>
            document.dispatchEvent(new CustomEvent(`preview-${name}`, { detail: JSON.parse(data) }))
        );
    }
}
