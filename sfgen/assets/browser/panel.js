// The side panel: be the client, be the network, watch the wire.
import { COMPARISON, compareBoth, takeComparison, timeArrival } from './comparison.js';
import { EVENTS, startEvents, takeChannels } from './events.js';
import { PHONE, refreshSoon, startPhone } from './phone.js';
import { post, state } from './server.js';

const ROWS = 60;

const CODES = [
    [4200, 'reconnect at once'],
    [4100, 'over capacity'],
    [4201, 'no pong came'],
    [4202, 'idle for a day'],
    [4001, 'no such app'],
    [4009, 'unauthorized']
];

const ORG_FAULTS = {
    'async-limit': 'The daily limit of Apex jobs is spent.',
    'settings-storage': 'Custom settings are full.',
    'row-lock': 'Somebody else holds each record.'
};
const REFRESH = 2_000;

/** What there is to do as the client; without conversations, events are published. */
const CONVERSATIONS = `
<div class="panel-part panel-phone">
    ${PHONE}
</div>
<div class="panel-part">
    <h2>Pusher or polling</h2>
    ${COMPARISON}
</div>`;
const PUBLISHING = `
<div class="panel-part">
    <h2>Publish an event</h2>
    ${EVENTS}
</div>`;

const MARKUP = `
<p class="panel-now" role="status"></p>
${state.isBridgeOnly ? PUBLISHING : CONVERSATIONS}
<div class="panel-part">
    <h2>The network</h2>
    <div class="panel-buttons">
        <button class="slds-button slds-button_neutral" type="button" data-panel="network" data-act="drop" title="Break all sockets once">Drop</button>
        <button class="slds-button slds-button_neutral" type="button" data-panel="network" data-act="offline" title="Break all sockets and let none through, as a network that is gone">Offline</button>
        <button class="slds-button slds-button_neutral" type="button" data-panel="network" data-act="quota" title="Close with 4004">Fill quota</button>
        <button class="slds-button slds-button_neutral" type="button" data-panel="network" data-act="pause" title="Hold deliveries back">Pause</button>
        <button class="slds-button slds-button_neutral" type="button" data-panel="network" data-act="silence" title="Sockets stay open and dead">Black hole</button>
        <button class="slds-button slds-button_success" type="button" data-panel="network" data-act="clear">All well</button>
    </div>
    <div class="panel-close">
        <label for="panel-code">Close code</label>
        <select id="panel-code" class="slds-select">${CODES.map(([code, meaning]) => `<option value="${code}">${code} ${meaning}</option>`).join('')}</select>
        <button class="slds-button slds-button_neutral" type="button" data-panel="network" data-act="close" title="Close all sockets with this code">Close</button>
    </div>
</div>
<div class="panel-part">
    <h2>The external application</h2>
    <div class="panel-buttons">
        <button class="slds-button slds-button_neutral" type="button" data-panel="application" data-act="expire" title="Access tokens expire; they can be renewed">Expire token</button>
        <button class="slds-button slds-button_neutral" type="button" data-panel="application" data-act="log-out" title="The advisor must log in again">End login</button>
        <button class="slds-button slds-button_neutral" type="button" data-panel="application" data-act="refuse" title="Channels are refused with 403">Refuse</button>
        <button class="slds-button slds-button_neutral" type="button" data-panel="application" data-act="slow" title="Answers take 3 s">Slow</button>
        <button class="slds-button slds-button_neutral" type="button" data-panel="application" data-act="down" title="Answers are 503">Down</button>
        <button class="slds-button slds-button_success" type="button" data-panel="application" data-act="clear">All well</button>
    </div>
</div>
<div class="panel-part">
    <h2>The org</h2>
    <div class="panel-buttons">
        <button class="slds-button slds-button_neutral" type="button" data-panel="org" data-act="clickjack" title="Pages without headers may not be framed by Lightning; the page is loaded anew">Clickjack protection</button>
        <button class="slds-button slds-button_neutral" type="button" data-panel="org" data-act="async-limit" title="No Apex job can be started today any more">Daily async limit</button>
        <button class="slds-button slds-button_neutral" type="button" data-panel="org" data-act="settings-storage" title="Custom settings are full">Settings full</button>
        <button class="slds-button slds-button_neutral" type="button" data-panel="org" data-act="row-lock" title="Somebody else holds each record">Row locks</button>
        <button class="slds-button slds-button_success" type="button" data-panel="org" data-act="clear">All well</button>
    </div>
</div>
<div class="panel-part panel-wire">
    <h2>The wire</h2>
    <dl class="panel-counts">
        <div><dt>Sockets</dt><dd data-count="sockets">0</dd></div>
        <div><dt>Frames</dt><dd data-count="frames">0</dd></div>
        <div><dt>Server requests</dt><dd data-count="requests">0</dd></div>
    </dl>
    <ol class="panel-rows" tabindex="0" aria-label="Frames and server requests"></ol>
</div>`;

const counts = { sockets: 0, frames: 0, requests: 0 };
let rows;
let now;
let latest = 0;

function show() {
    for (const [name, count] of Object.entries(counts)) {
        document.querySelector(`[data-count=${name}]`).textContent = count.toLocaleString('en-US');
    }
}

function addRow(kind, text, detail, at) {
    const row = document.createElement('li');
    const time = new Date(at * 1000).toLocaleTimeString('en-GB');
    const mark = Object.assign(document.createElement('span'), { className: `panel-mark panel-mark-${kind}`, textContent: kind });
    const label = Object.assign(document.createElement('span'), { className: 'panel-label', textContent: text });
    const clock = Object.assign(document.createElement('time'), { textContent: time });
    row.title = detail ?? '';
    row.append(mark, label, clock);
    rows.prepend(row);
    while (rows.children.length > ROWS) {
        rows.lastElementChild.remove();
    }
}

function takeFrame(frame) {
    counts.sockets = frame.sockets;
    if (frame.kind === 'fault' && frame.label.startsWith('paused=')) {
        return;
    }
    if (frame.kind === 'in' || frame.kind === 'out') {
        counts.frames += 1;
    }
    const detail = [frame.channel, frame.text].filter(Boolean).join(' ');
    addRow(frame.kind, frame.label || frame.kind, detail, frame.at);
    show();
}

function takeRequest(request) {
    counts.requests += 1;
    const failed = request.status >= 400 ? ` (${request.status})` : '';
    addRow(request.kind, request.label + failed, `${request.milliseconds} ms`, request.at);
    show();
}

/** Takes the answer to a press, or what another page has changed; the latest one counts. */
function takeState(answer) {
    if (answer.number < latest) {
        return;
    }
    latest = answer.number;
    const { frames = {}, requests = {}, connections = [] } = answer;
    counts.sockets = connections.length;
    counts.frames = (frames.in ?? 0) + (frames.out ?? 0);
    counts.requests = Object.values(requests).reduce((sum, count) => sum + count, 0);
    if (state.isBridgeOnly) {
        takeChannels(answer.channels);
    } else {
        takeComparison(answer);
    }
    if (!answer.local) {
        disableNetwork();
    }
    now.textContent = describe(answer);
    showPressed(answer);
    show();
}

/** Each button that is on, by its part and act. */
function listPressed({ switches = {}, application = {}, org = {}, polling, dead }) {
    return {
        network: {
            offline: switches.unreachable,
            quota: Boolean(switches.refuse_code),
            pause: Boolean(switches.paused) && !polling,
            silence: dead
        },
        application: {
            refuse: application.refuses_channels,
            slow: Boolean(application.delay),
            down: Boolean(application.status)
        },
        org: { clickjack: org.clickjack, ...Object.fromEntries((org.faults ?? []).map((name) => [name, true])) }
    };
}

/** Shows which faults are on: at their buttons, and at the one that opens the panel. */
function showPressed(answer) {
    const pressed = listPressed(answer);
    let count = 0;
    for (const button of document.querySelectorAll('[data-act]')) {
        const { panel, act: name } = button.dataset;
        const isOn = Boolean(pressed[panel]?.[name]);
        count += isOn;
        button.classList.toggle('is-on', isOn);
        if (name !== 'clear' && name in (pressed[panel] ?? {})) {
            button.setAttribute('aria-pressed', String(isOn));
        } else {
            button.removeAttribute('aria-pressed');
        }
    }
    const toggle = document.querySelector('.preview-panel-toggle');
    toggle.dataset.faults = count ? String(count) : '';
    toggle.title = count ? `${count} ${count === 1 ? 'fault is' : 'faults are'} on` : '';
}

function describe({ polling, local, dead, switches = {}, application = {}, org = {} }) {
    const said = [];
    if (!local) {
        said.push('The Pusher server is another one: its network is not steered from here.');
    }
    if (switches.unreachable) {
        said.push('Offline: no socket gets through.');
    } else if (switches.refuse_code) {
        said.push('The quota is full.');
    }
    if (polling) {
        said.push("Each widget asks every 5 s; Pusher's events are thrown away.");
    } else if (switches.paused) {
        said.push('Deliveries are held back.');
    }
    if (application.status) {
        said.push(`The application answers ${application.status}.`);
    }
    if (application.refuses_channels) {
        said.push('Channels are refused.');
    }
    if (application.delay) {
        said.push(`The application takes ${application.delay} s to answer.`);
    }
    if (dead) {
        said.push('Sockets are open and dead.');
    }
    if (org.clickjack) {
        said.push('Pages without headers may not be framed.');
    }
    for (const name of org.faults ?? []) {
        said.push(ORG_FAULTS[name] ?? name);
    }
    return said.join(' ');
}

/** Another Pusher server has no switches. */
function disableNetwork() {
    for (const control of document.querySelectorAll('[data-panel=network], [data-panel=transport], [data-panel=type], #panel-code, .panel-compare')) {
        control.disabled = true;
    }
}

async function act(name, body) {
    try {
        const answer = await post(`/preview/panel/${name}`, body);
        if ('requests' in answer) {
            takeState(answer);
        }
    } catch (error) {
        now.textContent = error.message;
    }
}

/** Begins to compare, once the page is there. */
export function compare() {
    setInterval(() => document.visibilityState === 'visible' && act('state', {}), REFRESH);
    return act('state', { ready: true });
}

/** Sends a text as the client, and waits until the advisor sees it. */
async function send(text) {
    const arrival = timeArrival(text);
    await act('text', { text, recordId: state.context.recordId });
    refreshSoon();
    const arrived = await arrival;
    if (arrived) {
        await act('arrival', arrived);
    }
}

export function startPanel(root) {
    root.innerHTML = MARKUP;
    rows = root.querySelector('.panel-rows');
    now = root.querySelector('.panel-now');
    if (state.isBridgeOnly) {
        startEvents(root, (error) => {
            now.textContent = error.message;
        });
    } else {
        startClient(root);
    }
    root.addEventListener('click', ({ target }) => {
        const { panel, ...values } = target.closest('[data-panel]')?.dataset ?? {};
        if (panel === 'transport') {
            act(panel, { polling: Boolean(values.polling) });
        } else if (panel) {
            const done = act(panel, { ...values, code: Number(root.querySelector('#panel-code').value) });
            if (values.act === 'clickjack') {
                // A page's headers count when it is loaded.
                done.then(() => location.reload());
            }
        }
    });
    document.addEventListener('preview-frame', ({ detail }) => takeFrame(detail));
    document.addEventListener('preview-traffic', ({ detail }) => takeRequest(detail));
    document.addEventListener('preview-panel', ({ detail }) => takeState(detail));
    act('state', { ready: false });
}

/** The client's phone, and Pusher beside polling. */
function startClient(root) {
    startPhone(root);
    const form = root.querySelector('form');
    const field = form.querySelector('textarea');
    form.addEventListener('submit', (event) => {
        event.preventDefault();
        const text = field.value.trim();
        if (text) {
            send(text);
            field.value = '';
        }
    });
    root.querySelector('.panel-compare').addEventListener('click', ({ target }) =>
        compareBoth(target, send, (polling) => act('transport', { polling }))
    );
    field.addEventListener('keydown', (event) => {
        if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault();
            form.requestSubmit();
        }
    });
}
