// What tabs of one browser share, as the standards describe it: Web Locks and BroadcastChannel.

class AbortError extends Error {
    name = 'AbortError';
}

/** Web Locks: one holder a name, first come first served, and `steal`. */
export class Locks {
    held = new Map();
    waiting = new Map();

    /** The `navigator.locks` of one agent. */
    of(owner) {
        return {
            request: (name, options, callback) => {
                const use = callback ?? options;
                const { steal = false } = callback ? options : {};
                return this.request(owner, name, steal, use);
            }
        };
    }

    request(owner, name, steal, callback) {
        return new Promise((resolve, reject) => {
            const request = { owner, name, callback, resolve, reject };
            const queue = this.waiting.get(name) ?? [];
            this.waiting.set(name, queue);
            if (steal) {
                this.held.get(name)?.reject(new AbortError('The lock was stolen.'));
                this.held.delete(name);
                queue.unshift(request);
            } else {
                queue.push(request);
            }
            Promise.resolve().then(() => this.grant(name));
        });
    }

    grant(name) {
        const queue = this.waiting.get(name) ?? [];
        if (this.held.has(name) || !queue.length) {
            return;
        }
        const request = queue.shift();
        if (request.owner.isGone) {
            this.grant(name);
            return;
        }
        this.held.set(name, request);
        const release = (settle) => (value) => {
            if (this.held.get(name) === request) {
                this.held.delete(name);
            }
            settle(value);
            this.grant(name);
        };
        Promise.resolve()
            .then(() => request.callback({ name }))
            .then(release(request.resolve), release(request.reject));
    }

    /** A page that goes away gives back what it holds and asks for nothing any more. */
    drop(owner) {
        this.waiting.forEach((queue, name) =>
            this.waiting.set(
                name,
                queue.filter((request) => request.owner !== owner)
            )
        );
        [...this.held].filter(([, request]) => request.owner === owner).forEach(([name]) => {
            this.held.delete(name);
            this.grant(name);
        });
    }

    heldBy(owner) {
        return [...this.held.values()].filter((request) => request.owner === owner);
    }
}

/** BroadcastChannel: a copy to every other channel of the name, in order. */
export class Radio {
    channels = new Set();
    posts = 0;

    constructor(clock) {
        this.clock = clock;
    }

    classFor(owner) {
        const radio = this;
        return class {
            onmessage = null;

            constructor(name) {
                this.name = name;
                this.owner = owner;
                radio.channels.add(this);
            }

            postMessage(data) {
                // A document that has gone says nothing any more.
                if (owner.isGone) {
                    return;
                }
                if (this.isClosed) {
                    throw new Error('InvalidStateError: the channel is closed');
                }
                radio.posts += 1;
                radio.channels.forEach((channel) => {
                    if (channel !== this && channel.name === this.name) {
                        const copy = structuredClone(data);
                        radio.clock.add(1, () => radio.deliver(channel, copy), channel.owner);
                    }
                });
            }

            close() {
                this.isClosed = true;
                radio.channels.delete(this);
            }
        };
    }

    deliver(channel, data) {
        if (!channel.isClosed) {
            channel.onmessage?.({ data });
        }
    }

    drop(owner) {
        [...this.channels]
            .filter((channel) => channel.owner === owner)
            .forEach((channel) => channel.close());
    }

    openOf(owner) {
        return [...this.channels].filter((channel) => channel.owner === owner);
    }
}
