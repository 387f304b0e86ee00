// The side panel's switches: faults of the network, the external application and the org.

const CODES = [
    [4200, 'reconnect at once'],
    [4100, 'over capacity'],
    [4201, 'no answer to a ping'],
    [4202, 'idle too long'],
    [4001, 'no such app'],
    [4009, 'unauthorized']
];

const ORG_FAULTS = {
    'async-limit': 'The daily limit of asynchronous Apex is used up.',
    'settings-storage': 'The storage for custom settings is full.',
    'row-lock': 'Another transaction locks every record.'
};

export const SWITCHES = `
<div class="panel-part">
    <h2>Network</h2>
    <div class="panel-buttons">
        <button class="slds-button slds-button_neutral" type="button" data-panel="network" data-act="drop" title="Break all connections once">Drop</button>
        <button class="slds-button slds-button_neutral" type="button" data-panel="network" data-act="offline" title="Break all connections and allow no new ones">Offline</button>
        <button class="slds-button slds-button_neutral" type="button" data-panel="network" data-act="quota" title="Close all connections with code 4004 and refuse new ones and events">Fill quota</button>
        <button class="slds-button slds-button_neutral" type="button" data-panel="network" data-act="pause" title="Hold events back; they are delivered after a reset">Pause</button>
        <button class="slds-button slds-button_neutral" type="button" data-panel="network" data-act="silence" title="Connections stay open, but nothing passes">Black hole</button>
        <button class="slds-button slds-button_neutral panel-reset" type="button" data-panel="network" data-act="clear">Reset</button>
    </div>
    <div class="panel-close">
        <label for="panel-code">Close code</label>
        <select id="panel-code" class="slds-select">${CODES.map(([code, meaning]) => `<option value="${code}">${code} ${meaning}</option>`).join('')}</select>
        <button class="slds-button slds-button_neutral" type="button" data-panel="network" data-act="close" title="Close all connections with this code">Close</button>
    </div>
</div>
<div class="panel-part">
    <h2>External application</h2>
    <div class="panel-buttons">
        <button class="slds-button slds-button_neutral" type="button" data-panel="application" data-act="expire" title="Access tokens expire; they can be renewed">Expire token</button>
        <button class="slds-button slds-button_neutral" type="button" data-panel="application" data-act="log-out" title="The advisor must log in again">Log out</button>
        <button class="slds-button slds-button_neutral" type="button" data-panel="application" data-act="refuse" title="Refuse every channel with status 403">Refuse channels</button>
        <button class="slds-button slds-button_neutral" type="button" data-panel="application" data-act="slow" title="Answer after 3 seconds">Slow</button>
        <button class="slds-button slds-button_neutral" type="button" data-panel="application" data-act="down" title="Answer with status 503">Down</button>
        <button class="slds-button slds-button_neutral panel-reset" type="button" data-panel="application" data-act="clear">Reset</button>
    </div>
</div>
<div class="panel-part">
    <h2>Org</h2>
    <div class="panel-buttons">
        <button class="slds-button slds-button_neutral" type="button" data-panel="org" data-act="clickjack" title="Visualforce pages without headers can't be framed by Lightning; reloads this page">Clickjack protection</button>
        <button class="slds-button slds-button_neutral" type="button" data-panel="org" data-act="async-limit" title="The daily limit of asynchronous Apex is used up">Daily async limit</button>
        <button class="slds-button slds-button_neutral" type="button" data-panel="org" data-act="settings-storage" title="The storage for custom settings is full">Settings full</button>
        <button class="slds-button slds-button_neutral" type="button" data-panel="org" data-act="row-lock" title="Another transaction locks every record">Row locks</button>
        <button class="slds-button slds-button_neutral panel-reset" type="button" data-panel="org" data-act="clear">Reset</button>
    </div>
</div>`;

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
export function showPressed(answer) {
    const pressed = listPressed(answer);
    let count = 0;
    for (const button of document.querySelectorAll('[data-act]')) {
        const { panel, act: name } = button.dataset;
        const isOn = Boolean(pressed[panel]?.[name]);
        count += isOn;
        button.classList.toggle('is-needed', name === 'clear' && Object.values(pressed[panel]).some(Boolean));
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

/** Says in sentences what is switched on. */
export function describe({ polling, local, dead, switches = {}, application = {}, org = {} }) {
    const said = [];
    if (!local) {
        said.push('This preview uses another Pusher server, which has no switches here.');
    }
    if (switches.unreachable) {
        said.push('Offline: no connection gets through.');
    } else if (switches.refuse_code) {
        said.push('The quota is full.');
    }
    if (polling) {
        said.push("Polling: each widget asks every 5 s, and Pusher's events are dropped.");
    } else if (switches.paused) {
        said.push('Events are held back.');
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
        said.push('Connections are open, but nothing passes.');
    }
    if (org.clickjack) {
        said.push("Pages without headers can't be framed.");
    }
    for (const name of org.faults ?? []) {
        said.push(ORG_FAULTS[name] ?? name);
    }
    return said.join(' ');
}

/** Disables what only the local Pusher server can do. */
export function disableNetwork() {
    for (const control of document.querySelectorAll('[data-panel=network], [data-panel=transport], [data-panel=type], #panel-code, .panel-compare')) {
        control.disabled = true;
    }
}

/** The server names its switches as Python does. */
export function describeFault(label) {
    return label.replaceAll('_', ' ').replace('=True', ' on').replace(/=(False|None)$/, ' off').replace('=', ' ').replace('1 connection(s)', '1 connection').replace('(s)', 's');
}
