// The side panel: the client's phone, faults to switch on, and the traffic of sockets and servers.
import { COMPARISON, compareBoth, takeComparison, timeArrival } from './comparison.js';
import { EVENTS, startEvents, takeChannels } from './events.js';
import { PHONE, refreshSoon, startPhone } from './phone.js';
import { post, state } from './server.js';
import { SWITCHES, describe, describeFault, disableNetwork, showPressed } from './switches.js';

const ROWS = 60;
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
${SWITCHES}
<div class="panel-part panel-wire">
    <h2>Traffic</h2>
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
    const label = frame.kind === 'fault' ? describeFault(frame.label) : frame.label;
    addRow(frame.kind, label || frame.kind, detail, frame.at);
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

/** The client's phone, and Pusher compared with polling. */
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
