// Salesforce's own page components: a few are drawn, the others are named.
import { post, state } from './server.js';

function card(heading) {
    const element = Object.assign(document.createElement('div'), { className: 'preview-card' });
    element.append(Object.assign(document.createElement('h2'), { textContent: heading }));
    return element;
}

async function drawRecord(place, recordId) {
    const record = await post('/preview/record', { recordId });
    const element = card(record.name ?? record.type);
    const list = Object.assign(document.createElement('dl'), { className: 'preview-fields' });
    for (const [name, value] of Object.entries(record.fields)) {
        if (value !== null && typeof value !== 'object') {
            const pair = document.createElement('div');
            pair.append(
                Object.assign(document.createElement('dt'), { textContent: name }),
                Object.assign(document.createElement('dd'), { textContent: String(value) })
            );
            list.append(pair);
        }
    }
    element.append(list);
    place.replaceChildren(element);
}

function drawPage(place, { pageName, label, height }) {
    const frame = document.createElement('iframe');
    frame.title = label || pageName;
    frame.src = `${state.visualforceOrigin}/apex/${pageName}`;
    frame.height = height || 300;
    frame.style.cssText = 'width: 100%; border: 0; background: #fff';
    place.replaceChildren(frame);
}

export function mountStandard(place, { space, name, kind, properties }, context) {
    if (kind === 'missing') {
        throw new Error(`component ${name} is not in this project`);
    }
    if (`${space}:${name}` === 'flexipage:visualforcePage') {
        drawPage(place, properties);
    } else if (['highlightsPanel', 'detailPanel'].includes(name) && context.recordId) {
        drawRecord(place, context.recordId).catch((error) => place.replaceChildren(card(error.message)));
    } else {
        const element = card(`${space}:${name}`);
        element.append(
            Object.assign(document.createElement('p'), {
                className: 'preview-note',
                textContent: 'Drawn by Salesforce in the org; the preview shows its place.'
            })
        );
        place.replaceChildren(element);
    }
}
