const subscribers = new Map();

export const APPLICATION_SCOPE = Symbol('application');

export function createMessageContext() {
    return {};
}

export function releaseMessageContext() {}

export class MessageContext {
    constructor(dataCallback) {
        this.dataCallback = dataCallback;
    }

    connect() {
        this.dataCallback({});
    }

    disconnect() {}

    update() {}
}

export function subscribe(context, channel, listener) {
    if (!channel?.id) {
        throw new TypeError('subscribe needs a message channel');
    }
    const subscription = { channel: channel.id, listener };
    const known = subscribers.get(channel.id) ?? new Set();
    subscribers.set(channel.id, known.add(subscription));
    return subscription;
}

export function unsubscribe(subscription) {
    subscribers.get(subscription?.channel)?.delete(subscription);
}

/** Messages are copied, as the platform copies them. */
export function publish(context, channel, message) {
    if (!channel?.id) {
        throw new TypeError('publish needs a message channel');
    }
    for (const { listener } of [...(subscribers.get(channel.id) ?? [])]) {
        listener(message === undefined ? undefined : JSON.parse(JSON.stringify(message)));
    }
}
