// Pusher beside polling every five seconds: what both cost, and how long texts took to be seen.

const ASKED_BY_BROWSERS = ['apex', 'remoting', 'external'];
const PATIENCE = 30_000;

export const COMPARISON = `
<div class="panel-choice" role="group" aria-label="Transport">
    <button class="slds-button" type="button" data-panel="transport" data-polling="" aria-pressed="true">Pusher</button>
    <button class="slds-button" type="button" data-panel="transport" data-polling="true" aria-pressed="false">Polling every 5 s</button>
</div>
<table class="panel-comparison">
    <caption class="slds-assistive-text">Pusher beside polling</caption>
    <thead><tr><td></td><th scope="col">Pusher</th><th scope="col">Polling</th></tr></thead>
    <tbody>
        <tr><th scope="row">Requests of browsers</th><td data-pusher="requests">0</td><td data-polling-cell="requests">0</td></tr>
        <tr><th scope="row">A minute</th><td data-pusher="rate">–</td><td data-polling-cell="rate">–</td></tr>
        <tr><th scope="row">Last text seen after</th><td data-pusher="last">–</td><td data-polling-cell="last">–</td></tr>
        <tr><th scope="row">On average</th><td data-pusher="mean">–</td><td data-polling-cell="mean">–</td></tr>
    </tbody>
</table>`;

const tallies = { pusher: { seconds: 0, requests: 0 }, polling: { seconds: 0, requests: 0 } };
let current = 'pusher';
let since = performance.now();
let loading = true;

function formatTime(milliseconds) {
    if (milliseconds === null || milliseconds === undefined) {
        return '–';
    }
    return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

function formatRate({ seconds, requests }, passed) {
    const whole = seconds + passed;
    return whole < 5 ? '–' : ((requests * 60) / whole).toFixed(1);
}

function show() {
    for (const [name, tally] of Object.entries(tallies)) {
        const passed = name === current && !loading ? (performance.now() - since) / 1000 : 0;
        const cells = {
            requests: tally.requests.toLocaleString('en-US'),
            rate: formatRate(tally, passed),
            last: formatTime(tally.last),
            mean: formatTime(tally.mean)
        };
        const mark = name === 'pusher' ? 'data-pusher' : 'data-polling-cell';
        for (const [row, text] of Object.entries(cells)) {
            document.querySelector(`[${mark}=${row}]`).textContent = text;
        }
    }
}

/** Counts from now on: loading a page costs the same either way. */
export function startCounting() {
    loading = false;
    since = performance.now();
    setInterval(show, 1000);
}

export function takeComparison({ polling, comparison }) {
    Object.assign(tallies, comparison);
    current = polling ? 'polling' : 'pusher';
    since = performance.now();
    for (const button of document.querySelectorAll('[data-panel=transport]')) {
        button.setAttribute('aria-pressed', String(Boolean(button.dataset.polling) === polling));
    }
    show();
}

export function countRequest({ kind }) {
    if (!loading && ASKED_BY_BROWSERS.includes(kind)) {
        tallies[current].requests += 1;
        show();
    }
}

/** How often a text stands on the page; XPath sees what stands inside components too. */
function countShown(text) {
    const found = document.evaluate('//body//text()[not(ancestor::aside)]', document, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE);
    let count = 0;
    for (let index = 0; index < found.snapshotLength; index += 1) {
        count += found.snapshotItem(index).data.includes(text);
    }
    return count;
}

/** Waits until a text that is sent now is seen, and tells how many milliseconds it took. */
export function timeArrival(text, tell) {
    const before = countShown(text);
    const started = performance.now();
    const look = () => {
        const taken = performance.now() - started;
        if (countShown(text) > before) {
            tell(taken);
        } else if (taken < PATIENCE) {
            setTimeout(look, 25);
        }
    };
    setTimeout(look, 25);
}
