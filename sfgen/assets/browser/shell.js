// Mounts every component of the page by its own import, so that one that fails stands alone.
import '/asset/lwc-synthetic-shadow.js';
import { createElement } from 'lwc';
import { mountAura } from './aura.js';
import { importComponent } from './components.js';
import { compare, startPanel } from './panel.js';
import { startReloading, track } from './reloading.js';
import { post, state } from './server.js';
import { mountStandard } from './standard.js';
import { showToast } from './toasts.js';
import { register, utilities } from './utilities.js';

const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function drawFailure(title, lines) {
    const card = document.createElement('div');
    card.className = 'preview-card preview-failure';
    card.setAttribute('role', 'alert');
    const heading = Object.assign(document.createElement('h2'), { textContent: title });
    const text = Object.assign(document.createElement('pre'), { textContent: lines.join('\n') });
    card.append(heading, text);
    return card;
}

export function showFailure(place, name, problems) {
    place.replaceChildren(drawFailure(`${name} can't be shown`, problems));
}

/** Shows once what the constructor of pusher-js threw, however often a component tries again. */
function watchPusher() {
    const cure = ['', 'Put this after loadScript, before new Pusher:', '    window.Pusher.Runtime.getProtocol = () => window.location.protocol;'];
    const shown = new Set();
    document.querySelector('script[data-pusher]').addEventListener('pusherfailure', ({ detail }) => {
        if (!shown.has(detail)) {
            shown.add(detail);
            const lines = state.lws && detail.includes('protocol') ? [detail, ...cure] : [detail];
            document.querySelector('.preview-regions').prepend(drawFailure("pusher-js can't run here", lines));
        }
    });
}

function describe({ file, line, message }) {
    return `${file}${line ? `:${line}` : ''}: ${message}`;
}

async function mountLwc(place, { name, properties }, context, item) {
    const { problems } = await post('/preview/check', { component: `c/${name}` });
    if (problems.length) {
        showFailure(place, `c-${kebab(name)}`, problems.map(describe));
        return;
    }
    const { default: Component } = await importComponent('c', name);
    const make = (is) => {
        utilities.during(item, () => {
            const element = createElement(`c-${kebab(name)}`, { is });
            for (const [key, value] of Object.entries({ ...context, ...properties })) {
                if (key in element) {
                    element[key] = value;
                }
            }
            place.replaceChildren(element);
        });
    };
    make(Component);
    track(name, Component, make);
}

async function mount(place, placed, context, item) {
    place.setAttribute('aria-busy', 'true');
    try {
        if (placed.kind === 'lwc') {
            await mountLwc(place, placed, context, item);
        } else if (placed.kind === 'aura') {
            await mountAura(place, placed, context, item);
        } else {
            mountStandard(place, placed, context);
        }
    } catch (error) {
        console.error(error);
        showFailure(place, placed.name, [error?.stack ?? String(error)]);
    } finally {
        place.removeAttribute('aria-busy');
    }
}

function mountUtility(root) {
    const placed = JSON.parse(root.dataset.component);
    const item = register(root);
    const { width, height, eager } = placed.decorators;
    utilities.updatePanel(item.id, { width: Number(width) || 340, height: Number(height) || 480 });
    item.icon = placed.decorators.icon;
    let started;
    item.load = () => {
        started ??= mount(item.body, placed, {}, item).then(() => {
            item.loaded = true;
        });
        return started;
    };
    const open = sessionStorage.getItem(`sfgen-${item.id}`) === 'open' || state.openUtilities;
    if (open) {
        item.show(true);
    }
    return eager === 'true' || open ? item.load() : Promise.resolve();
}

function watchToggle() {
    const button = document.querySelector('.preview-panel-toggle');
    const panel = document.getElementById('preview-panel');
    const show = (shown) => {
        panel.hidden = !shown;
        button.setAttribute('aria-expanded', String(shown));
        if (matchMedia('(min-width: 64rem)').matches) {
            localStorage.setItem('sfgen-panel', shown ? '' : 'hidden');
        }
    };
    button.addEventListener('click', () => show(panel.hidden));
    // Where there is room for one of both, the page comes first.
    const chosen = localStorage.getItem('sfgen-panel');
    const isWide = matchMedia('(min-width: 64rem)').matches;
    panel.hidden = !isWide || chosen === 'hidden';
    button.setAttribute('aria-expanded', String(!panel.hidden));
}

document.addEventListener('lightning__showtoast', (event) => showToast(event.detail));
watchToggle();
watchPusher();
startPanel(document.getElementById('preview-panel'));
startReloading();
const places = [...document.querySelectorAll('.preview-component')];
const mounting = places.map((place) => mount(place, JSON.parse(place.dataset.component), state.context));
const bar = [...document.querySelectorAll('.preview-utility')].map(mountUtility);
await Promise.allSettled([...mounting, ...bar]);
document.documentElement.dataset.previewReady = 'true';
compare();
