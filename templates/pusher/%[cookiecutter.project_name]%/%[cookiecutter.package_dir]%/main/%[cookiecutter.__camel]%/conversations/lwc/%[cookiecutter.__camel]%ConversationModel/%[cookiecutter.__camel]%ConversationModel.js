import { CatchUpService } from 'c/%[ cookiecutter.__camel ]%CatchUpService';
%{ if cookiecutter.__presence }%
import {
    findMembers,
    isSubscribed,
    subscribe,
    sendTyping
} from 'c/%[ cookiecutter.__camel ]%ChannelService';
%{ elif cookiecutter.__typing }%
%{ filter fit }%
import {
    isSubscribed,
    subscribe,
    sendTyping
} from 'c/%[ cookiecutter.__camel ]%ChannelService';
%{ endfilter }%
%{ else }%
import { isSubscribed, subscribe } from 'c/%[ cookiecutter.__camel ]%ChannelService';
%{ endif }%
import { loadConfiguration } from 'c/%[ cookiecutter.__camel ]%ConfigurationService';
import { reduceErrors } from 'c/%[ cookiecutter.__camel ]%Errors';
import { HistoryModel } from 'c/%[ cookiecutter.__camel ]%HistoryModel';
import { openOutbox } from 'c/%[ cookiecutter.__camel ]%OutboxModel';
import { Turn } from 'c/%[ cookiecutter.__camel ]%Turn';
import { UnsentStore } from 'c/%[ cookiecutter.__camel ]%UnsentStore';
%{ if cookiecutter.__renews }%
%{ filter fit }%
import {
    getMessages,
    getMessagesSince,
    markRead
} from 'c/%[ cookiecutter.__camel ]%ConversationClient';
%{ endfilter }%
%{ else }%
import getMessages from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationController.getMessages';
import getMessagesSince from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationController.getMessagesSince';
import markRead from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationController.markRead';
%{ endif }%

const PAGE_SIZE = 30;
const LEAP = 200;
const PAUSE = 500;
const READ_DELAY = 1000;
const STATUS_DELAY = 1000;
const GAP_DELAY = 2000;
const ENDED = ['Read', 'Failed'];
const ARRIVED = ['Delivered', ...ENDED];
const REFUSAL = /not yours to read|no such conversation/;
%{ if cookiecutter.__typing }%
const TYPING_LIMIT = 5000;
%{ endif }%

const opened = new Map();
const watchers = new Set();

/** Tells whether somebody looks at the conversation in this tab. */
export function isSeen(conversationId) {
    return [...(opened.get(conversationId) ?? [])].some(
        (conversation) => conversation.isSeen
    );
}

/**
 * Is told each conversation's newest state, or that it is stale and has to be asked
 * for; the returned function stops it.
 */
export function watchConversations(watcher) {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
}

/** Tells whether asking again is no use, since the user may not read it. */
export function isRefusal(error) {
    return REFUSAL.test(reduceErrors(error));
}

/**
 * The messages of one conversation: complete, in order and each once, however
 * often the connection was away. The sequence numbers of the store decide.
 */
export class ConversationModel {
    history = new HistoryModel();
    turn = new Turn();
    errorMessage = '';
    readSequence = 0;
    shown = 0;
    requested = 0;
    marked = 0;
    isVisible = true;
    statusFrom = Infinity;
%{ if cookiecutter.__typing }%
    isTyping = false;
%{ endif }%

    /** Begins with its newest page; `changed` is called after every change. */
    constructor(page, changed) {
        this.id = page.conversation.id;
        this.changed = changed;
        this.catchUp = new CatchUpService(
            (turn, isWhole) => this.fetch(turn, isWhole),
            PAUSE
        );
        this.outbox = openOutbox(this.id);
        this.firstUnread = page.readSequence + 1;
        this.history.begin(page);
        this.applyPage(page);
    }

    /** Rows to show: what is stored, then what is on its way. */
    get rows() {
        return [...this.history.messages, ...this.outbox.rows];
    }

    /** Whether a person can see it. */
    get isSeen() {
        return this.isVisible && !this.turn.isOver && !document.hidden;
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
    open() {
        const chats = opened.get(this.id) ?? new Set();
        opened.set(this.id, chats.add(this));
        this.turn.onEnd(() => chats.delete(this));
        this.turn.listen(document, 'visibilitychange', () => this.updateRead());
        this.turn.onEnd(this.outbox.join(this));
        this.outbox.settle(this.history.messages);
        this.catchUp.start();
        this.catchUp.renew();
        this.checkGap();
        this.updateRead();
    }

    close() {
        const { isPending } = this.catchUp;
        const isUnread = this.history.complete > this.findKnown();
        this.turn.end();
        this.catchUp.stop();
        this.notifyWatchers(isPending || isUnread);
    }

    /** Whether the component can be seen: what is hidden is never read. */
    setVisible(isVisible) {
        this.isVisible = isVisible;
        this.updateRead();
    }

    /** Old rows are let go where nobody looks at them. */
    setAtEnd(isAtEnd) {
        if (isAtEnd) {
            this.history.shrink();
            this.show();
        } else {
            this.history.stay();
        }
    }

    show() {
        if (!this.turn.isOver) {
            this.changed();
        }
    }

    async fetch(turn, isWhole) {
        try {
            const isNew = !this.channel && (await this.follow(turn));
            // Where the channel is new, its subscription asks in a moment.
            if (!turn.isOver && !isNew) {
                await this.fetchNewer(turn, isWhole);
            }
        } catch (error) {
            this.fail(turn, error);
        }
    }

    /** Listens; returns whether nobody has listened to the channel before. */
    async follow(turn) {
        const configuration = await loadConfiguration();
        if (turn.isOver) {
            return false;
        }
        const { userChannel, conversationChannel, publicChannel } =
            configuration;
        const own = conversationChannel?.replace('{conversationId}', this.id);
        this.channel = own ?? publicChannel;
        const isNew = !isSubscribed(this.channel);
        const channels = new Set([userChannel ?? this.channel, this.channel]);
        this.catchUp.setPollSeconds(configuration.pollSeconds);
        this.outbox.keepIn(new UnsentStore(configuration.userId, this.id));
        this.outbox.settle(this.history.messages);
        channels.forEach((channel) =>
            this.turn.onEnd(
                subscribe(channel, (envelope) => this.handleEvent(envelope))
            )
        );
        return isNew;
    }

    fail(turn, error) {
        if (turn.isOver) {
            return;
        }
        this.errorMessage = reduceErrors(error);
        if (!isRefusal(error)) {
            this.show();
            throw error;
        }
        this.isLost = true;
        this.history = new HistoryModel();
        this.show();
        this.close();
    }

    /** Takes what a page tells, once its messages have been taken. */
    applyPage({ conversation, readSequence, isDelayed = false }) {
        const { lastSequence } = this.conversation ?? conversation;
        const isOlder =
            lastSequence > conversation.lastSequence &&
            this.history.has(lastSequence);
        this.errorMessage = '';
        this.conversation = isOlder ? this.conversation : conversation;
        this.readSequence = Math.max(this.readSequence, readSequence);
        this.isDelayed = isDelayed;
        this.catchUp.setDelayed(isDelayed);
    }

    async loadEarlier() {
        const { turn, history } = this;
        const page = await getMessages({
            conversationId: this.id,
            beforeSequence: history.first,
            pageSize: PAGE_SIZE
        });
        if (!turn.isOver) {
            history.prepend(page);
            this.show();
        }
    }

    handleEvent({ type, channel, event, conversationId, sequence }) {
        if (type === 'subscribed' && channel === this.channel) {
            this.catchUp.renew();
%{ if cookiecutter.__presence }%
        } else if (type === 'counted') {
            this.show();
%{ endif }%
        } else if (type === 'event' && conversationId === this.id) {
            this.applyEvent(event, sequence);
        }
    }

    applyEvent(event, sequence) {
        if (event === 'message') {
%{ if cookiecutter.__typing }%
            this.setTyping(false);
%{ endif }%
            if (this.history.expect(sequence)) {
                this.catchUp.request();
            }
        } else if (event === 'read' && sequence > this.requested) {
            this.catchUp.request();
        } else if (event === 'status') {
            this.expectStatus(sequence);
%{ if cookiecutter.__typing }%
        } else if (event === 'client-typing') {
            this.setTyping(true);
%{ endif }%
        }
    }

    /** Reports come in bunches. */
    expectStatus(sequence) {
        if (sequence && sequence < this.history.first) {
            return;
        }
        // One event may stand for several reports.
        const first = this.history.findUnsettled(ARRIVED);
        this.statusFrom = Math.min(this.statusFrom, sequence, first);
        this.cancelStatus?.();
        this.cancelStatus = this.turn.after(STATUS_DELAY, () =>
            this.catchUp.request()
        );
    }
%{ if cookiecutter.__typing }%

    /** Whoever types says so every few seconds, and never says stop. */
    setTyping(isTyping) {
        this.cancelTyping?.();
        if (isTyping) {
            this.cancelTyping = this.turn.after(TYPING_LIMIT, () =>
                this.setTyping(false)
            );
        }
        if (this.isTyping !== isTyping) {
            this.isTyping = isTyping;
            this.show();
        }
    }

    /** Tells the others that the user is typing. */
    notifyTyping() {
        sendTyping(this.channel, this.id);
    }
%{ endif }%

    /** What is newer, and older messages whose delivery state may have changed. */
    async fetchNewer(turn, isWhole) {
        const { history } = this;
        const status = Math.min(
            this.statusFrom,
            isWhole ? history.findUnsettled(ENDED) : Infinity,
            isWhole ? history.findHole() : Infinity
        );
        this.statusFrom = Infinity;
        try {
            const start = Math.max(status - 1, history.first - 1, 0);
            await this.fetchPages(turn, Math.min(history.from, start));
        } catch (error) {
            this.statusFrom = Math.min(this.statusFrom, status);
            throw error;
        }
    }

    async fetchPages(turn, start) {
        let page;
        let from = start;
        do {
            const read = this.requestRead();
            // Each page starts where the one before has ended.
            // eslint-disable-next-line no-await-in-loop
            page = await getMessagesSince({
                conversationId: this.id,
                afterSequence: from,
                readSequence: read
            });
            if (turn.isOver) {
                return;
            }
            this.marked = Math.max(this.marked, read);
            if (page.lastSequence > this.history.reached + LEAP) {
                // eslint-disable-next-line no-await-in-loop
                await this.leap(turn);
                return;
            }
            this.history.merge(page.messages);
            this.outbox.settle(page.messages);
            from = page.messages.at(-1)?.sequence ?? from;
        } while (page.hasMore);
        this.finish(page);
    }

    /** After a long absence only the newest page is wanted. */
    async leap(turn) {
        const page = await getMessages({
            conversationId: this.id,
            beforeSequence: null,
            pageSize: LEAP
        });
        if (!turn.isOver) {
            this.history.begin(page);
            this.outbox.settle(page.messages);
            this.finish(page);
        }
    }

    finish(page) {
        this.history.trim();
        this.applyPage(page);
        this.checkGap();
        this.show();
        this.updateRead();
    }

    /** Looks again soon where a message is missing. */
    checkGap() {
        this.cancelGap?.();
        if (!this.history.advance(this.conversation.lastSequence)) {
            this.cancelGap = this.turn.after(GAP_DELAY, () =>
                this.catchUp.request()
            );
        }
    }

    /** What has been in sight for a moment counts as seen. */
    updateRead() {
        const { complete: reached } = this.history;
        if (!this.isSeen) {
            this.cancelRead?.();
            this.cancelRead = null;
        } else if (!this.cancelRead && reached > this.findKnown()) {
            this.cancelRead = this.turn.after(READ_DELAY, () => {
                this.cancelRead = null;
                this.shown = Math.max(this.shown, reached);
                this.read();
            });
        }
        this.notifyWatchers();
    }

    findKnown() {
        return Math.max(this.readSequence, this.marked);
    }

    /** The newest message that was seen and isn't marked as read, or null. */
    findRead() {
        return this.shown > this.findKnown() ? this.shown : null;
    }

    requestRead() {
        const sequence = this.findRead();
        this.requested = Math.max(this.requested, this.readSequence, sequence);
        return sequence;
    }

    async read() {
        const sequence = this.requestRead();
        if (!sequence) {
            this.updateRead();
            return;
        }
        // Where it fails, the next fetch marks them.
        await this.mark(sequence).catch(() => this.catchUp.request());
    }

    async mark(sequence) {
        const { turn, id: conversationId } = this;
        const marker = await markRead({ conversationId, sequence });
        this.marked = Math.max(this.marked, sequence);
        this.readSequence = Math.max(this.readSequence, marker);
        if (!turn.isOver) {
            this.updateRead();
            this.show();
        }
    }

    notifyWatchers(isStale = false) {
        const { conversation, readSequence } = this;
        const { id, lastSequence } = conversation;
        const seen = this.isSeen ? this.history.complete : 0;
        const isRead = Math.max(seen, readSequence) >= lastSequence;
        const unread = isRead ? 0 : conversation.unread;
        if (id) {
            const row = { ...conversation, readSequence, unread, isStale };
            watchers.forEach((watcher) => watcher(row));
        }
    }

    send(body) {
        return this.outbox.send(body);
    }

    retry(clientKey) {
        return this.outbox.retry(clientKey);
    }

    discard(clientKey) {
        this.outbox.discard(clientKey);
    }

    /** Done once the store was asked. */
    confirm() {
        return this.catchUp.requestAndWait();
    }

    /** A text of this tab is stored. */
    handleSent(message) {
        if (this.history.append(message)) {
            this.catchUp.request();
        }
        this.applySent(message);
        this.show();
    }

    /** Writing an answer means having read what came before. */
    applySent({ body, sentAt, sequence }) {
        const { conversation } = this;
        this.readSequence = Math.max(this.readSequence, sequence);
        if (sequence > conversation.lastSequence) {
            this.conversation = {
                ...conversation,
                lastMessage: body,
                lastMessageAt: sentAt,
                lastDirection: 'Outbound',
                lastSequence: sequence
            };
        }
        this.notifyWatchers();
    }
}
