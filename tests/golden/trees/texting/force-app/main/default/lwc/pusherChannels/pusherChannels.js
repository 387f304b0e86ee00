import { forgetConfiguration } from 'c/pusherConfiguration';

const hosts = [];
const listeners = new Map();
const watchers = new Set();
let status = { state: 'connecting', reason: '', socketId: '' };

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
    const wasFirst = hosts[0] === host;
    hosts.splice(hosts.indexOf(host), 1);
    if (wasFirst) {
        host.close();
        receive({ type: 'state', state: 'connecting', reason: '' });
        hosts[0]?.open();
    }
}

function send(type, fields) {
    hosts[0]?.send({ ...fields, type });
}

function sendWants() {
    send('want', { channels: [...listeners.keys()] });
}

/** Takes started, state, subscribed, event and restart from the host. */
export function receive(envelope) {
    const { type, channel } = envelope;
    if (type === 'started') {
        sendWants();
    } else if (type === 'state') {
        const { state, reason, socketId = '' } = envelope;
        status = { state, reason, socketId };
        watchers.forEach((watcher) => watcher(status));
    } else if (type === 'restart') {
        restart();
    } else {
        listeners.get(channel)?.forEach((listener) => listener(envelope));
    }
}

/** Listens to a channel; the returned function stops it. */
export function listen(channel, listener) {
    if (listeners.has(channel)) {
        listeners.get(channel).add(listener);
    } else {
        listeners.set(channel, new Set([listener]));
        sendWants();
    }
    return () => stopListening(channel, listener);
}

function stopListening(channel, listener) {
    const rest = listeners.get(channel);
    rest.delete(listener);
    if (!rest.size) {
        listeners.delete(channel);
        sendWants();
    }
}

/** Follows the connection's state; the returned function stops it. */
export function watch(watcher) {
    watchers.add(watcher);
    watcher(status);
    return () => watchers.delete(watcher);
}

/** The socket that Pusher leaves out when this tab publishes. */
export function currentSocketId() {
    return status.socketId || null;
}

/** Tells the other tabs about a message that this tab has sent. */
export function announce(conversationId, sequence) {
    send('announce', { conversationId, sequence });
}

/** Tells the others in a conversation that someone is typing. */
export function sendTyping(channel, conversationId) {
    send('typing', { channel, conversationId });
}

/** Begins anew, with settings that are asked for anew. */
function restart() {
    forgetConfiguration();
    hosts[0]?.close();
    hosts[0]?.open();
}

/** Begins anew in all tabs of the browser, for example after a log-out. */
export function restartTabs() {
    send('restart');
}

/** Tries again at once, for example after a login. */
export function resume() {
    send('resume');
}
