(function () {
    'use strict';

    const bridge = window.PusherBridge;

    /**
     * Keeps a set of channels subscribed on one pusher-js client.
     *
     * listener: changed(), subscribed(name), received(name, event, data),
     * refused(name), stuck()
     */
    class Channels {
        constructor(listener) {
            this.listener = listener;
            this.wanted = new Map();
            this.closed = false;
        }

        /** Wants exactly these channels; returns whether it leaves some. */
        set(names) {
            const left = [...this.wanted.keys()].filter(
                (name) => !names.includes(name)
            );
            left.forEach((name) => this.leave(name));
            names
                .filter((name) => !this.wanted.has(name))
                .forEach((name) => this.join(name));
            return left.length > 0;
        }

        join(name) {
            this.wanted.set(name, { attempts: 0, problem: '', timer: null });
            const channel = this.pusher.subscribe(name);
            channel.bind_global((event, data) =>
                this.handleEvent(channel, event, data)
            );
            this.expect(name, this.timeLimit());
        }

        leave(name) {
            clearTimeout(this.wanted.get(name).timer);
            this.wanted.delete(name);
            this.pusher.channel(name).unbind_all();
            this.pusher.unsubscribe(name);
        }

        isSubscribed(name) {
            const channel = this.pusher.channel(name);
            return Boolean(channel && channel.subscribed);
        }

        /** '', 'login' or 'forbidden'. */
        problemOf(name) {
            return this.wanted.has(name) ? this.wanted.get(name).problem : '';
        }

        needsLogin() {
            return [...this.wanted.values()].some(
                ({ problem }) => problem === 'login'
            );
        }

        isWaiting() {
            return [...this.wanted].some(
                ([name, { problem }]) => !problem && !this.isSubscribed(name)
            );
        }

        /** A new socket subscribes every channel again. */
        expectAll() {
            [...this.wanted.keys()].forEach((name) =>
                this.expect(name, this.timeLimit())
            );
        }

        /** What is answered from now on comes too late. */
        close() {
            this.closed = true;
            this.stopWaiting();
        }

        stopWaiting() {
            this.wanted.forEach(({ timer }) => clearTimeout(timer));
        }

        clearProblems() {
            this.wanted.forEach((state) => {
                state.attempts = 0;
                state.problem = '';
            });
        }

        /** Asks again for what was refused, while the others go on. */
        retryRefused() {
            const names = [...this.wanted.keys()].filter((name) =>
                this.problemOf(name)
            );
            this.clearProblems();
            names.forEach((name) => this.subscribe(name));
        }

        timeLimit() {
            return bridge.timing.authorization + bridge.timing.subscription;
        }

        /** A refused signature leaves a channel pending, without an event. */
        expect(name, milliseconds) {
            const state = this.wanted.get(name);
            clearTimeout(state.timer);
            state.timer = setTimeout(() => {
                if (!state.problem && !this.isSubscribed(name)) {
                    this.listener.stuck();
                }
            }, milliseconds);
        }

        handleEvent(channel, event, data) {
            const { name } = channel;
            if (event === 'pusher:subscription_succeeded') {
                this.settle(channel);
            } else if (event === 'pusher:subscription_error') {
                this.retry(name);
            } else if (!event.startsWith('pusher:')) {
                this.listener.received(name, event, data);
            }
        }

        settle(channel) {
            const state = this.wanted.get(channel.name);
            clearTimeout(state.timer);
            state.attempts = 0;
            state.problem = '';
            this.listener.changed();
            this.listener.subscribed(channel.name);
        }

        /** pusher-js never repeats a failed authorization by itself. */
        retry(name) {
            const state = this.wanted.get(name);
            clearTimeout(state.timer);
            if (!state.problem) {
                state.attempts += 1;
                state.timer = setTimeout(
                    () => this.subscribe(name),
                    bridge.backOff(state.attempts)
                );
            }
            this.listener.changed();
            if (state.problem) {
                this.listener.refused(name);
            }
        }

        subscribe(name) {
            this.pusher.subscribe(name);
            this.expect(name, this.timeLimit());
        }
    }

    bridge.Channels = Channels;
})();
