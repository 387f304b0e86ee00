// Salesforce's own page components: a few are drawn, the others are named.
import { post, state } from './server.js';

function card(heading) {
    const element = Object.assign(document.createElement('div'), { className: 'preview-card' });
    element.append(Object.assign(document.createElement('h2'), { textContent: heading }));
    return element;
}

const SYSTEM = /(?:Id|Date|Modstamp)$|^(?:Is|Has|DoNot)[A-Z]/;
// Parts of what the heading says.
const NAMES = ['Name', 'FirstName', 'LastName'];
const HIGHLIGHTS = 4;
const rankOf = (name) => (NAMES.includes(name) ? NAMES.indexOf(name) : NAMES.length);

// An org shows a field's label, which a project doesn't hold of standard fields: Last Name of LastName.
const labelOf = (name) => name.replace(/__c$/, '').replaceAll('_', ' ').replace(/([a-z])(?=[A-Z])/g, '$1 ');

function readFields({ fields }) {
    const shown = Object.entries(fields).filter(
        ([name, value]) => value !== null && typeof value !== 'object' && typeof value !== 'boolean' && !SYSTEM.test(name)
    );
    return shown.sort(([one], [other]) => rankOf(one) - rankOf(other));
}

function drawFields(pairs) {
    const list = Object.assign(document.createElement('dl'), { className: 'preview-fields' });
    for (const [name, value] of pairs) {
        const pair = document.createElement('div');
        pair.append(
            Object.assign(document.createElement('dt'), { textContent: labelOf(name) }),
            Object.assign(document.createElement('dd'), { textContent: String(value) })
        );
        list.append(pair);
    }
    return list;
}

async function drawRecord(place, recordId, whole) {
    const record = await post('/preview/record', { recordId });
    const pairs = readFields(record);
    if (whole) {
        const element = card('Details');
        element.append(drawFields(pairs));
        place.replaceChildren(element);
        return;
    }
    const element = card(record.name ?? record.type);
    element.classList.add('preview-highlights');
    element.prepend(Object.assign(document.createElement('p'), { className: 'preview-note', textContent: record.type }));
    const others = pairs.filter(([name]) => !NAMES.includes(name)).slice(0, HIGHLIGHTS);
    if (others.length) {
        element.append(drawFields(others));
    }
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
        drawRecord(place, context.recordId, name === 'detailPanel').catch((error) => place.replaceChildren(card(error.message)));
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
