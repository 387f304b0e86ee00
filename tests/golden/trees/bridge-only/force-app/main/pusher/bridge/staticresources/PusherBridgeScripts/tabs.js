(function () {
    'use strict';

    const bridge = window.PusherBridge;
    const CHANNEL = /^[-a-zA-Z0-9_=@,.;]{1,164}$/;
    const isChannel = (value) => CHANNEL.test(value);
    const isWord = (value) => /^[a-z]{0,20}$/.test(value);
    const isId = (value) => /^[-a-zA-Z0-9_]{1,64}$/.test(value);

    const isTab = (value) => value === '' || isId(value);

    /** What a tab may say to another. */
    const SHAPES = {
        hello: {},
        want: {
            channels: (value) =>
                Array.isArray(value) &&
                value.length <= 1000 &&
                value.every(isChannel)
        },
        state: { state: isWord, reason: isWord },
        refused: { channel: isChannel, to: isTab },
        subscribed: { channel: isChannel, to: isTab },
        event: {
            channel: isChannel,
            event: (value) => /^[-a-zA-Z0-9_:.]{1,200}$/.test(value),
            data: (value) => typeof value === 'string'
        },
        resume: {},
        restart: {}
    };

    /** A copy with nothing but checked fields, or null. */
    function readEnvelope(data) {
        const shape = data && Object.hasOwn(SHAPES, data.type);
        if (!shape || data.v !== 1 || !isId(data.from)) {
            return null;
        }
        const fields = Object.entries(SHAPES[data.type]);
        if (!fields.every(([name, isValid]) => isValid(data[name]))) {
            return null;
        }
        const envelope = { type: data.type, from: data.from };
        fields.forEach(([name]) => {
            envelope[name] = data[name];
        });
        return envelope;
    }

    /**
     * The tabs of one browser: one of them leads and holds the socket.
     *
     * listener: lead(), follow(), handleEnvelope(envelope), repeatWants(). A listener that
     * can't lead calls resign().
     */
    class Tabs {
        constructor(name, listener) {
            this.name = name;
            this.listener = listener;
            this.id = window.crypto.randomUUID();
            this.leading = false;
            this.watched = new Set();
            this.releases = [];
        }

        open() {
            this.channel = new BroadcastChannel(this.name);
            this.channel.onmessage = ({ data }) => this.handleMessage(data);
            this.hold(`${this.name}:${this.id}`, {}, () => {});
            this.queue({});
            this.requestState();
        }

        close() {
            clearTimeout(this.silence);
            this.closed = true;
            this.channel.close();
            this.releases.forEach((release) => release());
        }

        post(type, fields) {
            this.channel.postMessage(
                Object.assign({ v: 1, from: this.id, type }, fields)
            );
        }

        /** Asks for the leader's state; one that sleeps is replaced. */
        requestState() {
            clearTimeout(this.silence);
            if (!this.leading) {
                this.post('hello');
                this.silence = setTimeout(
                    () => this.queue({ steal: true }),
                    bridge.timing.leaderSilence +
                        Math.random() * bridge.timing.stealing
                );
            }
        }

        /** Calls back once the other tab is gone, however it went. */
        watch(id, gone) {
            if (!this.watched.has(id)) {
                this.watched.add(id);
                const forget = () => {
                    this.watched.delete(id);
                    gone();
                };
                navigator.locks
                    .request(`${this.name}:${id}`, () => {})
                    .then(forget, forget);
            }
        }

        handleMessage(data) {
            const envelope = readEnvelope(data);
            if (!envelope) {
                return;
            }
            if (envelope.from === this.id) {
                this.listener.repeatWants();
                return;
            }
            if (envelope.type === 'state') {
                clearTimeout(this.silence);
            }
            this.listener.handleEnvelope(envelope);
        }

        queue(options) {
            this.hold(this.name, options, (release) => this.lead(release));
        }

        lead(release) {
            clearTimeout(this.silence);
            // A closed tab may have waited for its turn still.
            if (!this.closed) {
                this.release = release;
                this.leading = true;
                this.listener.lead();
            }
        }

        hold(name, options, held) {
            let release;
            const released = new Promise((resolve) => {
                release = resolve;
            });
            this.releases.push(release);
            const request = navigator.locks.request(name, options, () => {
                held(release);
                return released;
            });
            request.catch((error) => this.handleLockError(error));
        }

        handleLockError(error) {
            if (error.name === 'AbortError') {
                this.handleLockStolen();
            } else if (!this.leading) {
                // Without locks, as where storage is blocked, each tab leads.
                this.lead(() => {});
            }
        }

        /** Lets another tab lead. */
        resign() {
            this.leading = false;
            this.release();
        }

        /** Another tab took the lead while this one slept. */
        handleLockStolen() {
            this.leading = false;
            this.listener.follow();
            this.queue({});
            this.requestState();
        }
    }

    bridge.Tabs = Tabs;
})();
