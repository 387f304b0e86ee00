import { forgetConfiguration } from 'c/%[ cookiecutter.__camel ]%ConfigurationService';

const hosts = [];
const listeners = new Map();
const watchers = new Set();
%{ if cookiecutter.__presence }%
const members = new Map();
%{ endif }%
const refused = new Set();
let status = { state: 'connecting', reason: '' };

/**
 * Offers to host the tab's connection; the first that offers gets it.
 * A host has open(), close() and send(envelope). The returned function
 * withdraws the offer.
 */
export function offerHost(host) {
    hosts.push(host);
    if (hosts.length === 1) {
        host.open();
    }
    return () => withdrawHost(host);
}

function withdrawHost(host) {
    const index = hosts.indexOf(host);
    if (index === 0) {
        hosts.shift();
        host.close();
        receive({ type: 'state', state: 'connecting', reason: '' });
        hosts[0]?.open();
    } else if (index > 0) {
        hosts.splice(index, 1);
    }
}

function send(type, fields) {
    hosts[0]?.send({ ...fields, type });
}

function sendWants() {
    send('want', { channels: [...listeners.keys()] });
}

%{ if cookiecutter.__presence }%
/** Takes started, state, subscribed, refused, counted, event and restart. */
%{ else }%
/** Takes started, state, subscribed, refused, event and restart from the host. */
%{ endif }%
export function receive(envelope) {
    const { type, channel } = envelope;
    if (type === 'started') {
        sendWants();
    } else if (type === 'state') {
        const { state, reason } = envelope;
        status = { state, reason };
        notifyWatchers();
    } else if (type === 'restart') {
        restart();
    } else if (type === 'refused') {
        refused.add(channel);
        notifyWatchers();
    } else {
        dispatch(envelope);
    }
}

function dispatch(envelope) {
    const { type, channel } = envelope;
%{ if cookiecutter.__presence }%
    if ('count' in envelope) {
        const { count, names } = envelope;
        members.set(channel, { count, names });
    }
%{ endif }%
    if (type === 'subscribed' && refused.delete(channel)) {
        notifyWatchers();
    }
    [...(listeners.get(channel) ?? [])].forEach((listener) =>
        listener(envelope)
    );
}

/** Connected only where every channel of this tab may be listened to. */
function findStatus() {
    const isRefused = [...refused].some((channel) => listeners.has(channel));
    return status.state === 'connected' && isRefused
        ? { state: 'forbidden', reason: '' }
        : status;
}

function notifyWatchers() {
    const found = findStatus();
    watchers.forEach((watcher) => watcher(found));
}

/** Tells whether somebody in this tab listens to the channel. */
export function isSubscribed(channel) {
    return listeners.has(channel);
}

/** Listens to a channel; the returned function stops it. */
export function subscribe(channel, listener) {
    if (listeners.has(channel)) {
        listeners.get(channel).add(listener);
    } else {
        listeners.set(channel, new Set([listener]));
        sendWants();
    }
    return () => unsubscribe(channel, listener);
}

function unsubscribe(channel, listener) {
    const rest = listeners.get(channel);
    if (rest?.delete(listener) && !rest.size) {
        listeners.delete(channel);
%{ if cookiecutter.__presence }%
        members.delete(channel);
%{ endif }%
        sendWants();
        if (refused.delete(channel)) {
            notifyWatchers();
        }
    }
}

/** Follows the connection's state; the returned function stops it. */
export function watch(watcher) {
    watchers.add(watcher);
    watcher(findStatus());
    return () => watchers.delete(watcher);
}

%{ if cookiecutter.__presence }%
/** How many are in a presence channel, and some of the others' names. */
export function findMembers(channel) {
    return members.get(channel) ?? { count: 0, names: [] };
}

%{ endif }%
%{ if cookiecutter.__conversations }%
/** Tells the other tabs about a message that this tab has sent. */
export function announce(conversationId, sequence) {
    send('announce', { conversationId, sequence });
}

/** Tells the others in a conversation that someone is typing. */
export function sendTyping(channel, conversationId) {
    send('typing', { channel, conversationId });
}

%{ endif }%
/** Begins anew, with settings that are asked for anew. */
function restart() {
    forgetConfiguration();
    refused.clear();
    hosts[0]?.close();
    hosts[0]?.open();
}

%{ if cookiecutter.__oauth }%
/** Begins anew in all tabs of the browser, for example after a log-out. */
export function restartTabs() {
    send('restart');
}

%{ endif }%
/** Tries again at once, for example after a login. */
export function resume() {
    send('resume');
}
