// Compares Pusher with polling every five seconds: the time until a text is seen, and the requests
// of the widgets while idle. Both are measured by the same rules.

const PATIENCE = 30_000;
const LOOK = 25;

export const COMPARISON = `
<div class="panel-choice" role="group" aria-label="Transport">
    <button class="slds-button" type="button" data-panel="transport" data-polling="" aria-pressed="true">Pusher</button>
    <button class="slds-button" type="button" data-panel="transport" data-polling="true" aria-pressed="false">Polling every 5 s</button>
</div>
<table class="panel-comparison">
    <caption class="slds-assistive-text">Pusher compared with polling</caption>
    <thead><tr><td></td><th scope="col">Pusher</th><th scope="col">Polling</th></tr></thead>
    <tbody>
        <tr class="panel-figure"><th scope="row">Text to screen</th><td data-pusher="mean">–</td><td data-polling-cell="mean">–</td></tr>
        <tr><th scope="row">Last text</th><td data-pusher="last">–</td><td data-polling-cell="last">–</td></tr>
        <tr class="panel-figure"><th scope="row">Requests per minute, idle</th><td data-pusher="rate">–</td><td data-polling-cell="rate">–</td></tr>
        <tr><th scope="row">Requests while idle</th><td data-pusher="requests">0</td><td data-polling-cell="requests">0</td></tr>
    </tbody>
</table>
<p class="panel-verdict" role="status"></p>
<button class="slds-button slds-button_outline-brand panel-compare" type="button">Compare both (half a minute)</button>`;

const state = { polling: false };

function formatTime(milliseconds) {
    if (milliseconds === null || milliseconds === undefined) {
        return '–';
    }
    return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

const rate = ({ seconds, requests }) => (seconds < 5 ? undefined : (requests * 60) / seconds);

function formatRate(tally) {
    const found = rate(tally);
    return found === undefined ? '–' : found.toFixed(found < 10 ? 1 : 0);
}

/** Says in a sentence how much Pusher saves. */
function judge({ pusher, polling }) {
    if (!pusher.mean || !polling.mean) {
        return '';
    }
    const sooner = `${Math.round(polling.mean / pusher.mean)} times faster with Pusher`;
    const [less, more] = [rate(pusher), rate(polling)];
    const saved = less !== undefined && more ? `, ${Math.round((1 - less / more) * 100)} % fewer requests` : '';
    return `${sooner}${saved}.`;
}

export function takeComparison({ polling, comparison }) {
    state.polling = polling;
    for (const [name, tally] of Object.entries(comparison)) {
        const mark = name === 'pusher' ? 'data-pusher' : 'data-polling-cell';
        const cells = {
            requests: tally.requests.toLocaleString('en-US'),
            rate: formatRate(tally),
            last: formatTime(tally.last),
            mean: formatTime(tally.mean)
        };
        for (const [row, text] of Object.entries(cells)) {
            document.querySelector(`[${mark}=${row}]`).textContent = text;
        }
    }
    for (const button of document.querySelectorAll('[data-panel=transport]')) {
        button.setAttribute('aria-pressed', String(Boolean(button.dataset.polling) === polling));
    }
    if (!state.comparing) {
        document.querySelector('.panel-verdict').textContent = judge(comparison);
    }
}

/** Counts how often the page shows a text; XPath sees text inside components too. */
function countShown(text) {
    const found = document.evaluate('//body//text()[not(ancestor::aside)]', document, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE);
    let count = 0;
    for (let index = 0; index < found.snapshotLength; index += 1) {
        count += found.snapshotItem(index).data.includes(text);
    }
    return count;
}

/** Waits until a text that is sent now is shown; returns the time it took and the transport in use. */
export function timeArrival(text) {
    const before = countShown(text);
    const started = performance.now();
    const { polling } = state;
    return new Promise((done) => {
        const look = () => {
            const taken = performance.now() - started;
            if (countShown(text) > before) {
                done({ milliseconds: taken, polling });
            } else if (taken < PATIENCE) {
                setTimeout(look, LOOK);
            } else {
                done(null);
            }
        };
        setTimeout(look, LOOK);
    });
}

const rest = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));

/** Sends three texts with each transport and then stays idle, for the same time with both. */
export async function compareBoth(button, send, choose) {
    const verdict = document.querySelector('.panel-verdict');
    button.disabled = true;
    state.comparing = true;
    try {
        for (const polling of [false, true]) {
            const name = polling ? 'Polling' : 'Pusher';
            await choose(polling);
            for (const number of [1, 2, 3]) {
                verdict.textContent = `${name}: sending text ${number} of 3…`;
                await send(`${name}: text ${number}`);
            }
            verdict.textContent = `${name}: idle for 10 s…`;
            await rest(10);
        }
    } finally {
        state.comparing = false;
        await choose(false);
        button.disabled = false;
    }
}
