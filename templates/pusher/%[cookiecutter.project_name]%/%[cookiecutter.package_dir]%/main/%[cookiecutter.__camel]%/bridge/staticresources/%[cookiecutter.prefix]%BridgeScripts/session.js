(function () {
    'use strict';

    const bridge = window.%[ cookiecutter.prefix ]%Bridge;

%{ if cookiecutter.__conversations }%
    const LARGEST = 2147483647;

    /** Only ids and numbers of an event leave this file. */
    function readEvent(data) {
        const { conversationId, sequence } = Object(data);
        return {
            conversationId: /^[-a-zA-Z0-9_]{1,64}$/.test(conversationId)
                ? conversationId
                : '',
            sequence:
                Number.isInteger(sequence) &&
                sequence >= 0 &&
                sequence <= LARGEST
                    ? sequence
                    : 0
        };
    }
%{ else }%
    /** An event's data as text, which every sandbox passes on. */
    function readEvent(data) {
        const isText = typeof data === 'string';
        return { data: isText ? data : JSON.stringify(data) || '' };
    }
%{ endif }%

    /**
     * What one tab gives its components: the shared connection.
     *
%{ if cookiecutter.__conversations }%
     * receive(envelope) takes want, typing, announce, resume and restart;
%{ else }%
     * receive(envelope) takes want, resume and restart;
%{ endif }%
%{ if cookiecutter.__presence }%
     * deliver(envelope) gets state, subscribed, refused, counted, event and restart.
%{ else }%
     * deliver(envelope) gets state, subscribed, refused, event and restart.
%{ endif }%
     */
    class Session {
%{ if cookiecutter.__authorized }%
        constructor(configuration, authorize, deliver) {
%{ else }%
        constructor(configuration, deliver) {
%{ endif }%
            const { appKey, userId } = configuration;
            this.configuration = configuration;
%{ if cookiecutter.__authorized }%
            this.authorize = authorize;
%{ endif }%
            this.deliver = deliver;
            this.wants = new Map();
            this.channels = [];
            const name = `%[ cookiecutter.prefix ]%:${appKey}:${userId}`;
            this.tabs = new bridge.Tabs(name, this);
        }

        open() {
            this.tabs.open();
            this.refresh = () => {
                if (document.visibilityState === 'visible') {
                    this.tabs.requestState();
                }
            };
            document.addEventListener('visibilitychange', this.refresh);
        }

        close() {
            document.removeEventListener('visibilitychange', this.refresh);
            clearTimeout(this.restartTimer);
            this.stopLeading();
            clearTimeout(this.answer);
            this.tabs.close();
        }

        receive(envelope) {
%{ if cookiecutter.__conversations }%
            const { type, channels, channel, conversationId } = envelope;
%{ else }%
            const { type, channels } = envelope;
%{ endif }%
            if (type === 'want') {
                this.channels = channels;
                this.request('want', { channels });
%{ if cookiecutter.__conversations }%
            } else if (type === 'typing') {
                this.request('typing', { channel, conversationId });
            } else if (type === 'announce') {
                const { userChannel, publicChannel } = this.configuration;
                this.tabs.post('event', {
                    channel: userChannel || publicChannel,
                    event: 'message',
                    conversationId,
                    sequence: envelope.sequence
                });
%{ endif }%
            } else if (type === 'restart') {
                this.broadcast('restart', {});
            } else if (type === 'resume' && this.isBroken) {
                this.deliver({ type: 'restart' });
            } else if (type === 'resume') {
                this.request('resume', {});
            }
        }

        /** The leader serves a wish itself, a follower asks the leader. */
        request(type, fields) {
            if (this.connection) {
                this.serve(Object.assign({ type, from: this.tabs.id }, fields));
            } else {
                this.tabs.post(type, fields);
            }
        }

        lead() {
            this.leader = null;
            Promise.resolve()
                .then(() => this.connect())
                .catch(() => this.resign());
        }

        connect() {
%{ if cookiecutter.__authorized }%
            const connection = new bridge.Connection(
                this.configuration,
                this.authorize,
                this
            );
%{ else }%
            const { configuration } = this;
            const connection = new bridge.Connection(configuration, this);
%{ endif }%
            connection.open();
            this.connection = connection;
            this.wants.set(this.tabs.id, this.channels);
            this.setChannels();
            this.changed();
        }

        /** pusher-js is missing or refuses to start; another tab may manage. */
        resign() {
            const { longestRetry } = bridge.timing;
            this.isBroken = true;
            this.stopLeading();
            this.tabs.resign();
            this.deliver({ type: 'state', state: 'offline', reason: 'script' });
            this.restartTimer = setTimeout(
                () => this.deliver({ type: 'restart' }),
                longestRetry
            );
        }

        follow() {
            this.stopLeading();
        }

        stopLeading() {
            if (this.connection) {
                this.connection.close();
                this.connection = null;
                this.wants.clear();
            }
        }

        changed() {
            this.broadcast('state', this.connection.describe());
        }

        /** Many tabs ask at once, for example after a loss; one answer does. */
        answerSoon() {
            if (this.answer) {
                this.isAsked = true;
                return;
            }
            this.changed();
            this.answer = setTimeout(() => {
                this.answer = null;
                if (this.isAsked && this.connection) {
                    this.isAsked = false;
                    this.answerSoon();
                }
            }, bridge.timing.answering);
        }

        subscribed(channel) {
            this.sendSubscribed(channel, '');
        }

        refused(channel) {
            this.broadcast('refused', { channel, to: '' });
        }

%{ if cookiecutter.__presence }%
        counted(channel) {
            this.broadcast('counted', this.describe(channel));
        }

%{ endif }%
        received(channel, event, data) {
            const fields = Object.assign({ channel, event }, readEvent(data));
            this.broadcast('event', fields);
        }

        broadcast(type, fields) {
            this.tabs.post(type, fields);
            this.deliver(Object.assign({ type }, fields));
        }

        handleEnvelope(envelope) {
            if (this.connection) {
                this.serve(envelope);
            } else if (envelope.type === 'state') {
                this.followLeader(envelope);
            } else if (['', this.tabs.id].includes(envelope.to)) {
                this.deliver(envelope);
            }
%{ if cookiecutter.__presence }%
            if (['event', 'counted', 'restart'].includes(envelope.type)) {
%{ else }%
            if (['event', 'restart'].includes(envelope.type)) {
%{ endif }%
                this.deliver(envelope);
            }
        }

        /** A new leader doesn't know yet what this tab wants. */
        followLeader(envelope) {
            if (this.leader !== envelope.from) {
                this.isBroken = false;
                this.leader = envelope.from;
                this.repeatWants();
            }
            if (this.state !== envelope.state) {
                this.state = envelope.state;
                // Whoever made this up is corrected by the leader's answer.
                this.tabs.requestState();
            }
            this.deliver(envelope);
        }

        /** Also when somebody else spoke in this tab's name. */
        repeatWants() {
            this.tabs.post('want', { channels: this.channels });
        }

%{ if cookiecutter.__conversations }%
        serve({ type, from, channels, channel, conversationId }) {
%{ else }%
        serve({ type, from, channels }) {
%{ endif }%
            if (type === 'hello') {
                this.answerSoon();
            } else if (type === 'want') {
                this.recordWants(from, channels);
%{ if cookiecutter.__conversations }%
            } else if (type === 'typing') {
                this.connection.trigger(channel, 'client-typing', {
                    conversationId
                });
%{ endif }%
            } else if (type === 'resume') {
                this.connection.resume();
            }
        }

        recordWants(from, channels) {
            if (from !== this.tabs.id) {
                this.tabs.watch(from, () => {
                    // Unless this tab leads no longer.
                    if (this.wants.delete(from)) {
                        this.setChannels();
                    }
                });
            }
            const known = this.wants.get(from) || [];
            this.wants.set(from, channels);
            this.setChannels();
            channels
                .filter((channel) => !known.includes(channel))
                .forEach((channel) => this.sendKnown(channel, from));
        }

        /** What has been decided about a channel before a tab wanted it. */
        sendKnown(channel, to) {
            const { channels } = this.connection;
            if (channels.isSubscribed(channel)) {
                this.sendSubscribed(channel, to);
            } else if (channels.problemOf(channel)) {
                this.sendTo('refused', { channel, to });
            }
        }

        sendSubscribed(channel, to) {
%{ if cookiecutter.__presence }%
            const fields = Object.assign(this.describe(channel), { to });
%{ else }%
            const fields = { channel, to };
%{ endif }%
            if (to) {
                this.sendTo('subscribed', fields);
            } else {
                this.broadcast('subscribed', fields);
            }
        }

        /** Tells one tab only. */
        sendTo(type, fields) {
            if (fields.to === this.tabs.id) {
                this.deliver(Object.assign({ type }, fields));
            } else {
                this.tabs.post(type, fields);
            }
        }

%{ if cookiecutter.__presence }%
        describe(channel) {
            const { channels } = this.connection;
            return Object.assign(
                { channel },
                channels.describeMembers(channel)
            );
        }

%{ endif }%
        setChannels() {
            const names = [...this.wants.values()].flat();
            if (this.connection.channels.set([...new Set(names)])) {
                this.changed();
            }
        }
    }

    bridge.Session = Session;
})();
