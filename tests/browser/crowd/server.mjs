// A server that speaks Pusher's protocol over sockets of this file, and what goes wrong with it.

const OPEN = 1;
const CLOSED = 3;

export class Server {
    sockets = new Set();
    forbidden = new Set();
    refusedSignatures = 0;
    isDown = false;
    lastSocket = 0;

    constructor(clock, chance) {
        this.clock = clock;
        this.chance = chance;
    }

    /** The `WebSocket` of one page. */
    classFor(owner) {
        const server = this;
        return class {
            static OPEN = OPEN;
            readyState = 0;

            constructor(url) {
                this.url = url;
                this.owner = owner;
                this.channels = new Set();
                server.clock.add(server.chance.between(10, 60), () => server.accept(this), owner);
            }

            send(text) {
                if (!this.isDead) {
                    server.clock.add(5, () => server.hear(this, JSON.parse(text)), owner);
                }
            }

            close() {
                server.drop(this, 1000, true);
            }
        };
    }

    accept(socket) {
        if (socket.readyState === CLOSED) {
            return;
        }
        if (this.isDown) {
            socket.readyState = CLOSED;
            socket.onerror?.({});
            socket.onclose?.({ code: 1006, wasClean: false });
            return;
        }
        this.lastSocket += 1;
        socket.id = `${this.lastSocket}.${this.lastSocket}`;
        socket.readyState = OPEN;
        this.sockets.add(socket);
        socket.onopen?.({});
        this.tell(socket, 'pusher:connection_established', undefined, {
            socket_id: socket.id,
            activity_timeout: 120
        });
    }

    tell(socket, event, channel, data) {
        const text = JSON.stringify({ event, channel, data: JSON.stringify(data) });
        this.clock.add(
            5,
            () => {
                if (socket.readyState === OPEN && !socket.isDead) {
                    socket.onmessage?.({ data: text });
                }
            },
            socket.owner
        );
    }

    hear(socket, { event, channel, data }) {
        if (socket.readyState !== OPEN || socket.isDead) {
            return;
        }
        if (event === 'pusher:ping') {
            this.tell(socket, 'pusher:pong', undefined, {});
        } else if (event === 'pusher:subscribe') {
            this.subscribe(socket, data);
        } else if (event === 'pusher:unsubscribe') {
            socket.channels.delete(data.channel);
        } else if (event.startsWith('client-')) {
            this.publish(channel, event, data, socket);
        }
    }

    subscribe(socket, { channel, auth = '' }) {
        const isSigned = auth === `key:${socket.id}:${channel}` && this.refusedSignatures < 1;
        if (channel.startsWith('private-') && !isSigned) {
            this.refusedSignatures -= 1;
            this.tell(socket, 'pusher:error', undefined, { code: null, message: 'Invalid signature' });
            return;
        }
        socket.channels.add(channel);
        this.tell(socket, 'pusher_internal:subscription_succeeded', channel, {});
    }

    publish(channel, event, data, sender = null) {
        this.sockets.forEach((socket) => {
            if (socket !== sender && socket.channels.has(channel)) {
                this.tell(socket, event, channel, data);
            }
        });
    }

    /** A socket is gone: both sides know, or the page doesn't. */
    drop(socket, code, byPage = false) {
        const wasOpen = socket.readyState !== CLOSED;
        socket.readyState = CLOSED;
        this.sockets.delete(socket);
        if (wasOpen) {
            this.clock.add(1, () => socket.onclose?.({ code, wasClean: byPage }), socket.owner);
        }
    }

    dropAll(code) {
        [...this.sockets].forEach((socket) => this.drop(socket, code));
    }

    /** The network has changed: nothing comes through, and nobody says so. */
    silence() {
        [...this.sockets].forEach((socket) => {
            socket.isDead = true;
        });
    }

    forget(owner) {
        [...this.sockets]
            .filter((socket) => socket.owner === owner)
            .forEach((socket) => {
                socket.readyState = CLOSED;
                this.sockets.delete(socket);
            });
    }
}
