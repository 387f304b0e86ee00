// The client's phone: the texts of both sides, and a form to send one as the client.
import { post, state } from './server.js';

const REFRESH = 60;

export const PHONE = `
<div class="phone" aria-label="The client's phone">
    <div class="phone-bar"><span class="phone-name">Client</span><span class="phone-note">the client's phone</span></div>
    <ol class="phone-texts" tabindex="0" aria-label="Texts on the client's phone"></ol>
    <form class="panel-text phone-form">
        <label for="panel-text">Text from the client</label>
        <textarea id="panel-text" class="slds-textarea" rows="1" maxlength="1600" placeholder="Write as the client" required></textarea>
        <div class="panel-buttons">
            <button class="slds-button slds-button_neutral" type="button" data-panel="type" title="Show the advisor that the client is typing">Show typing</button>
            <button class="slds-button slds-button_brand" type="submit">Send as client</button>
        </div>
    </form>
</div>`;

let list;
let shown = '';
let waiting;
let asking = false;

function drawText({ own, body, status, at }) {
    const row = document.createElement('li');
    row.className = own ? 'phone-text phone-own' : 'phone-text';
    const bubble = Object.assign(document.createElement('p'), { textContent: body ?? '' });
    const time = at ? new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' }) : '';
    const words = own ? time : [time, status === 'Failed' ? 'not delivered' : ''].filter(Boolean).join(' · ');
    row.append(bubble, Object.assign(document.createElement('small'), { textContent: words }));
    return row;
}

function draw({ name, texts }) {
    const drawn = JSON.stringify([name, texts]);
    if (drawn === shown) {
        return;
    }
    shown = drawn;
    document.querySelector('.phone-name').textContent = name;
    const empty = Object.assign(document.createElement('li'), { className: 'phone-empty', textContent: 'No texts yet' });
    list.replaceChildren(...(texts.length ? texts.map(drawText) : [empty]));
    list.scrollTop = list.scrollHeight;
}

async function refresh() {
    waiting = undefined;
    if (asking) {
        refreshSoon();
        return;
    }
    asking = true;
    try {
        draw(await post('/preview/panel/phone', { recordId: state.context.recordId }));
    } catch {
        // Apex that doesn't compile is reported elsewhere.
    } finally {
        asking = false;
    }
}

/** Reads the texts again soon, once for several events. */
export function refreshSoon() {
    waiting ??= setTimeout(refresh, REFRESH);
}

/** Keeps the phone up to date; its own requests are not counted. */
export function startPhone(root) {
    list = root.querySelector('.phone-texts');
    document.addEventListener('preview-traffic', ({ detail: { kind, label } }) => {
        if (kind === 'rest' || /sendMessage|startConversation/.test(label)) {
            refreshSoon();
        }
    });
    document.addEventListener('preview-frame', ({ detail: { label } }) => {
        if (label === 'message' || label === 'status') {
            refreshSoon();
        }
    });
    // A hidden list has no height to scroll.
    new ResizeObserver(() => {
        list.scrollTop = list.scrollHeight;
    }).observe(list);
    refresh();
}
