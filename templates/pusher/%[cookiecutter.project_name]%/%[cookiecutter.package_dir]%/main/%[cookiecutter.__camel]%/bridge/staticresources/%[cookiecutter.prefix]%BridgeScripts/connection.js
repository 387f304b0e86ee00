(function () {
    'use strict';

    const bridge = window.%[ cookiecutter.prefix ]%Bridge;

    /** The code inside pusher-js' two shapes of error, or 0. */
    function readCode(error) {
        const { data } = error.error || error;
        return (data && data.code) || 0;
    }

    /**
     * One pusher-js client, its channels and its recovery.
     *
%{ if cookiecutter.__presence }%
     * listener: changed(), subscribed(name), received(name, event, data),
     * refused(name), counted(name)
%{ else }%
     * listener: changed(), subscribed(name), received(name, event, data),
     * refused(name)
%{ endif }%
     */
    class Connection {
%{ if cookiecutter.__authorized }%
        constructor(configuration, authorize, listener) {
%{ else }%
        constructor(configuration, listener) {
%{ endif }%
            this.configuration = configuration;
            this.listener = listener;
            const events = {
                changed: () => this.reportProgress(),
                stuck: () => this.recover(),
                subscribed: (name) => listener.subscribed(name),
                refused: (name) => listener.refused(name),
%{ if cookiecutter.__presence }%
                counted: (name) => listener.counted(name),
%{ endif }%
                received: (name, event, data) =>
                    listener.received(name, event, data)
            };
%{ if cookiecutter.__authorized }%
            this.channels = new bridge.Channels(authorize, events);
%{ else }%
            this.channels = new bridge.Channels(events);
%{ endif }%
            this.attempts = 0;
            this.refusal = null;
            this.opened = false;
            this.dropped = false;
            this.closed = false;
        }

        open() {
            const { appKey, cluster, host, port, tls } = this.configuration;
            const options = {
                cluster,
                forceTLS: tls,
                activityTimeout: bridge.timing.idle,
                pongTimeout: bridge.timing.pong,
%{ if cookiecutter.__authorized }%
                enabledTransports: ['ws', 'wss'],
                channelAuthorization: {
                    customHandler: (request, callback) =>
                        this.channels.answer(request, callback)
                }
%{ else }%
                enabledTransports: ['ws', 'wss']
%{ endif }%
            };
            if (host) {
                options.wsHost = host;
                options.wsPort = port;
                options.wssPort = port;
            }
            this.pusher = new window.Pusher(appKey, options);
            this.channels.pusher = this.pusher;
            this.bind(this.pusher.connection);
            this.watchClock();
        }

        bind(connection) {
            connection.bind('state_change', ({ current }) =>
                this.follow(current)
            );
            connection.bind('connecting_in', () => this.handleDrop());
            connection.bind('error', (error) => this.handleError(error));
        }

        close() {
            this.closed = true;
            clearInterval(this.clock);
            clearTimeout(this.timer);
            this.channels.close();
            this.pusher.connection.unbind();
            this.pusher.disconnect();
            // After some losses pusher-js has two retries, and forgets one of them.
            this.pusher.connection.bind('connecting', () => {
                setTimeout(() => this.pusher.disconnect(), 0);
            });
        }

        isUp() {
            const { state } = this.pusher.connection;
            return state === 'connected' && !this.dropped;
        }

%{ if cookiecutter.__conversations }%
        trigger(name, event, data) {
            if (this.isUp() && this.channels.isSubscribed(name)) {
                this.pusher.channel(name).trigger(event, data);
            }
        }

%{ endif }%
        /** Tries at once what failed, for example after a login. */
        resume() {
            if (this.describe().state === 'connected') {
                this.channels.retryRefused();
                return;
            }
            this.attempts = 0;
            this.refusal = null;
            this.channels.clearProblems();
            this.cycle();
        }

        /** The state that the advisor sees, and why. */
        describe() {
            const { state } = this.pusher.connection;
            if (this.refusal) {
                return this.refusal;
            }
            if (state === 'failed') {
                return { state: 'offline', reason: 'unsupported' };
            }
            if (state === 'unavailable') {
                const reason = this.opened ? 'network' : 'blocked';
                return { state: 'offline', reason };
            }
            return this.isUp() ? this.describeChannels() : this.describeWait();
        }

        describeChannels() {
            const { userChannel } = this.configuration;
            if (this.channels.needsLogin()) {
                return { state: 'login', reason: '' };
            }
            if (this.channels.problemOf(userChannel)) {
                return { state: 'forbidden', reason: '' };
            }
            return this.channels.isWaiting()
                ? this.describeWait()
                : { state: 'connected', reason: '' };
        }

        describeWait() {
            if (this.attempts > 3) {
                return { state: 'offline', reason: 'refused' };
            }
            const state = this.opened ? 'reconnecting' : 'connecting';
            return { state, reason: '' };
        }

        follow(state) {
            this.dropped = false;
            this.channels.stopWaiting();
            if (state === 'connected') {
                this.refusal = null;
                this.channels.expectAll();
            }
            if (state === 'disconnected' && !this.leaving) {
                this.retryAfterRefusal();
            }
            this.reportProgress();
        }

        reportProgress() {
            if (this.describe().state === 'connected') {
                this.opened = true;
                this.attempts = 0;
            }
            this.listener.changed();
        }

        /** pusher-js says `connected` for a second after the socket is gone. */
        handleDrop() {
            this.dropped = true;
            this.listener.changed();
        }

        handleError(error) {
            const code = readCode(error);
            if (error.type === 'WebSocketError') {
                this.code = code;
                if (code >= 4100 && code < 4200) {
                    this.wait(0, () => this.pause());
                }
            } else if (code === 0 || code === 4009) {
                this.recover();
            }
        }

        /** pusher-js never comes back from 4001-4099 by itself. */
        retryAfterRefusal() {
            const quota = this.code === 4004;
            const { quotaRetry } = bridge.timing;
            this.attempts += 1;
            this.refusal = quota
                ? { state: 'quota', reason: '' }
                : { state: 'offline', reason: 'refused' };
            this.reconnectIn(
                quota
                    ? quotaRetry * (0.5 + Math.random())
                    : bridge.backOff(this.attempts)
            );
        }

        /** 4100-4199 ask for a back-off; pusher-js waits a fixed second. */
        pause() {
            this.disconnect();
            this.attempts += 1;
            this.reconnectIn(bridge.backOff(this.attempts));
            this.listener.changed();
        }

        /** After a refused signature only a new socket helps. */
        recover() {
            if (this.isUp() && this.channels.isWaiting() && !this.recovering) {
                this.recovering = true;
                this.attempts += 1;
                this.reconnectIn(bridge.backOff(this.attempts));
                this.listener.changed();
            }
        }

        reconnectIn(milliseconds) {
            this.wait(milliseconds, () => this.cycle());
        }

        /** One thing at a time is waited for, and nothing after the end. */
        wait(milliseconds, action) {
            clearTimeout(this.timer);
            if (!this.closed) {
                this.timer = setTimeout(action, milliseconds);
            }
        }

        cycle() {
            clearTimeout(this.timer);
            this.recovering = false;
            this.disconnect();
            this.pusher.connect();
        }

        disconnect() {
            this.leaving = true;
            this.pusher.disconnect();
            this.leaving = false;
        }

        /** A clock that jumps tells of sleep: the socket is dead but silent. */
        watchClock() {
            let last = Date.now();
            this.clock = setInterval(() => {
                const gap = Date.now() - last;
                last = Date.now();
                if (gap > bridge.timing.asleep) {
                    this.cycle();
                }
            }, bridge.timing.heartbeat);
        }
    }

    bridge.Connection = Connection;
})();
