import { CatchUp } from 'c/%[ cookiecutter.__camel ]%CatchUp';
%{ if cookiecutter.__presence }%
import {
    announce,
    currentSocketId,
    findMembers,
    listen,
    sendTyping
} from 'c/%[ cookiecutter.__camel ]%Channels';
%{ elif cookiecutter.__typing }%
%{ if cookiecutter.prefix[5:] }%
import {
    announce,
    currentSocketId,
    listen,
    sendTyping
} from 'c/%[ cookiecutter.__camel ]%Channels';
%{ else }%
import { announce, currentSocketId, listen, sendTyping } from 'c/%[ cookiecutter.__camel ]%Channels';
%{ endif }%
%{ else }%
import { announce, currentSocketId, listen } from 'c/%[ cookiecutter.__camel ]%Channels';
%{ endif }%
import { loadConfiguration } from 'c/%[ cookiecutter.__camel ]%Configuration';
import { reduceErrors } from 'c/%[ cookiecutter.__camel ]%Errors';
import { History } from 'c/%[ cookiecutter.__camel ]%History';
import { Outbox } from 'c/%[ cookiecutter.__camel ]%Outbox';
import { after } from 'c/%[ cookiecutter.__camel ]%Timer';
%{ if cookiecutter.__renews }%
%{ if cookiecutter.prefix[1:] }%
import {
    getMessages,
    getMessagesSince,
    markRead,
    sendMessage
} from 'c/%[ cookiecutter.__camel ]%Store';
%{ else }%
import { getMessages, getMessagesSince, markRead, sendMessage } from 'c/%[ cookiecutter.__camel ]%Store';
%{ endif }%
%{ else }%
import getMessages from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.getMessages';
import getMessagesSince from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.getMessagesSince';
import markRead from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.markRead';
import sendMessage from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.sendMessage';
%{ endif }%

const PAGE_SIZE = 30;
const READ_DELAY = 2000;
const STATUS_DELAY = 1000;
const GAP_DELAY = 2000;
%{ if cookiecutter.__typing }%
const TYPING_LIMIT = 5000;
%{ endif }%

const opened = new Map();
const watchers = new Set();

/** Tells whether a chat of this tab fetches the conversation already. */
export function isOpen(conversationId) {
    return opened.has(conversationId);
}

/** Is told each conversation's newest state; the returned function stops it. */
export function watchConversations(watcher) {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
}

/**
 * The messages of one conversation: complete, in order and each once, however
 * often the connection was away. The sequence numbers of the store decide.
 */
export class Conversation {
    history = new History();
    hasMore = false;
    loading = true;
    errorMessage = '';
    readSequence = 0;
    readAsked = 0;
%{ if cookiecutter.__typing }%
    isTyping = false;
%{ endif }%
    stops = [];

    /** `changed` is called after every change of what can be seen. */
    constructor(id, changed) {
        this.id = id;
        this.changed = changed;
        this.outbox = new Outbox((row) => this.transmit(row), changed);
    }

    /** Rows to show: what is stored, then what is on its way. */
    get rows() {
        return [...this.history.messages, ...this.outbox.rows];
    }

%{ if cookiecutter.__presence }%
    /** Who else looks at this conversation now, '' where nobody does. */
    get others() {
        const { count, names } = findMembers(this.channel);
        const unnamed = count - 1 - names.length;
        if (unnamed < 1) {
            return names.join(', ');
        }
        return names.length ? `${names.join(', ')} + ${unnamed}` : `${unnamed}`;
    }

%{ endif }%
    async open() {
        opened.set(this.id, (opened.get(this.id) ?? 0) + 1);
        this.isOpen = true;
        try {
            const configuration = await loadConfiguration();
            if (this.isOpen) {
                this.follow(configuration);
                await this.catchUp.request();
            }
        } catch (error) {
            this.fail(error);
        }
    }

    close() {
        const others = opened.get(this.id) - 1;
        if (others) {
            opened.set(this.id, others);
        } else {
            opened.delete(this.id);
        }
        this.isOpen = false;
        this.cancelRead?.();
        this.cancelStatus?.();
        this.cancelGap?.();
%{ if cookiecutter.__typing }%
        this.cancelTyping?.();
%{ endif }%
        this.stops.forEach((stop) => stop());
    }

    follow(configuration) {
        const { userChannel, conversationChannel, publicChannel } =
            configuration;
        const own = conversationChannel?.replace('{conversationId}', this.id);
        this.channel = own ?? publicChannel;
        this.catchUp = new CatchUp(
            () => this.fetch(),
            configuration.pollSeconds
        );
        this.catchUp.start();
        const channels = new Set([userChannel ?? this.channel, this.channel]);
        this.stops = [...channels].map((channel) =>
            listen(channel, (envelope) => this.hear(envelope))
        );
        this.stops.push(() => this.catchUp.stop());
    }

    fail(error) {
        this.errorMessage = reduceErrors(error);
        this.loading = false;
        this.changed();
    }

    async fetch() {
        try {
            const page = await (this.loading
                ? this.fetchNewest()
                : this.fetchNewer());
            this.loading = false;
            this.errorMessage = '';
            this.readSequence = page.readSequence;
            this.readAsked = Math.max(this.readAsked, page.readSequence);
            this.tellWatchers(page.conversation);
            this.readLater();
            this.changed();
        } catch (error) {
            this.fail(error);
            throw error;
        }
    }

    async fetchNewest() {
        const page = await getMessages({
            conversationId: this.id,
            beforeSequence: null,
            pageSize: PAGE_SIZE
        });
        this.hasMore = page.hasMore;
        this.firstUnread = page.readSequence + 1;
        this.history.begin(page.messages);
        return page;
    }

    async loadEarlier() {
        const page = await getMessages({
            conversationId: this.id,
            beforeSequence: this.history.messages[0].sequence,
            pageSize: PAGE_SIZE
        });
        this.hasMore = page.hasMore;
        this.history.merge(page.messages);
        this.changed();
    }

    hear({ type, channel, event, conversationId, sequence }) {
        if (type === 'subscribed' && channel === this.channel) {
            this.catchUp.request();
%{ if cookiecutter.__presence }%
        } else if (type === 'counted') {
            this.changed();
%{ endif }%
        } else if (type === 'event' && conversationId === this.id) {
            this.heed(event, sequence);
        }
    }

    heed(event, sequence) {
        if (event === 'message') {
            if (this.history.expect(sequence)) {
                this.catchUp.request();
            }
        } else if (event === 'read' && sequence > this.readAsked) {
            this.catchUp.request();
        } else if (event === 'status') {
            this.cancelStatus?.();
            this.cancelStatus = after(STATUS_DELAY, () => {
                this.statusDue = true;
                this.catchUp.request();
            });
%{ if cookiecutter.__typing }%
        } else if (event === 'client-typing') {
            this.noteTyping(true);
%{ endif }%
        }
    }
%{ if cookiecutter.__typing }%

    /** Whoever types says so every few seconds, and never says stop. */
    noteTyping(isTyping) {
        this.cancelTyping?.();
        this.isTyping = isTyping;
        if (isTyping) {
            this.cancelTyping = after(TYPING_LIMIT, () =>
                this.noteTyping(false)
            );
        }
        this.changed();
    }

    /** Tells the others that the user is typing. */
    type() {
        sendTyping(this.channel, this.id);
    }
%{ endif }%

    /** What is newer, and older messages whose delivery state may change. */
    async fetchNewer() {
        let page;
        let from = this.statusDue
            ? this.history.beforeUnsettled()
            : this.history.reached;
        this.statusDue = false;
        do {
            // Each page starts where the one before has ended.
            // eslint-disable-next-line no-await-in-loop
            page = await getMessagesSince({
                conversationId: this.id,
                afterSequence: from,
                readSequence: this.readTarget()
            });
            this.history.merge(page.messages);
            this.outbox.settle(page.messages);
            from = page.messages.at(-1)?.sequence ?? from;
        } while (page.hasMore && this.isOpen);
        this.advance();
        return page;
    }

    /** Looks again soon where a message is missing. */
    advance() {
        this.cancelGap?.();
        if (!this.history.advance()) {
            this.cancelGap = after(GAP_DELAY, () => this.catchUp.request());
        }
    }

    /** Only the tab that the user looks at marks messages as read. */
    readTarget() {
        const target = Math.max(this.history.reached, this.history.target);
        if (target <= this.readSequence || document.hidden) {
            return null;
        }
        this.readAsked = target;
        return target;
    }

    /** Most messages are marked as they are fetched, the others here. */
    readLater() {
        this.cancelRead?.();
        if (this.history.last > this.readSequence) {
            this.cancelRead = after(READ_DELAY, () => this.read());
        }
    }

    async read() {
        if (document.hidden) {
            return;
        }
        const sequence = this.history.last;
        this.readAsked = sequence;
        // When it fails, the next fetch marks them.
        await markRead({ conversationId: this.id, sequence }).then(
            (marked) => this.noteRead(marked),
            () => this.noteRead(this.readSequence)
        );
    }

    noteRead(sequence) {
        this.readSequence = sequence;
        this.tellWatchers({});
    }

    tellWatchers(changes) {
        const conversation = { ...this.conversation, ...changes };
        const { lastSequence } = conversation;
        conversation.readSequence = this.readSequence;
        conversation.unread = Math.max(0, lastSequence - this.readSequence);
        this.conversation = conversation;
        watchers.forEach((watcher) => watcher(conversation));
    }

    send(body) {
        return this.outbox.send(body);
    }

    retry(clientKey) {
        return this.outbox.retry(clientKey);
    }

    async transmit({ clientKey, body }) {
        const message = await sendMessage({
            conversationId: this.id,
            body,
            clientKey,
            socketId: currentSocketId()
        });
        this.outbox.settle([message]);
        if (this.history.append(message)) {
            this.catchUp.request();
        }
        announce(this.id, message.sequence);
        this.noteSent(message);
        this.changed();
    }

    /** Writing an answer means having read what came before. */
    noteSent({ body, sentAt, sequence }) {
        this.readSequence = Math.max(this.readSequence, sequence);
        this.tellWatchers({
            lastMessage: body,
            lastMessageAt: sentAt,
            lastSequence: sequence
        });
    }
}
