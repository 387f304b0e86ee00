// An event of one's own, for projects that keep no conversations: it goes the way of all events.
import { post } from './server.js';

export const EVENTS = `
<form class="panel-event">
    <label for="panel-channel">Channel</label>
    <input id="panel-channel" class="slds-input" list="panel-channels" maxlength="164" required />
    <datalist id="panel-channels"></datalist>
    <label for="panel-event">Event</label>
    <input id="panel-event" class="slds-input" maxlength="200" value="my-event" required />
    <label for="panel-data">Data</label>
    <textarea id="panel-data" class="slds-textarea" rows="2">{ "text": "Hello" }</textarea>
    <div class="panel-buttons">
        <button class="slds-button slds-button_brand" type="submit">Publish</button>
    </div>
</form>`;

let form;

/** Offers the channels that somebody listens to; the first one is there from the start. */
export function takeChannels(channels) {
    const names = Object.keys(channels ?? {});
    const field = form?.querySelector('#panel-channel');
    if (!field || !names.length) {
        return;
    }
    const options = names.map((value) => Object.assign(document.createElement('option'), { value }));
    form.querySelector('datalist').replaceChildren(...options);
    field.value ||= names[0];
}

export function startEvents(root, failed) {
    form = root.querySelector('.panel-event');
    form.addEventListener('submit', async (event) => {
        event.preventDefault();
        const [channel, name, data] = ['channel', 'event', 'data'].map((each) => form.querySelector(`#panel-${each}`).value);
        try {
            await post('/preview/panel/event', { channel, event: name, data });
        } catch (error) {
            failed(error);
        }
    });
}
