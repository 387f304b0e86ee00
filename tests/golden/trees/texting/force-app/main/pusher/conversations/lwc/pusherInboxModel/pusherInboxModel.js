import { CatchUpService } from 'c/pusherCatchUpService';
import { subscribe } from 'c/pusherChannelService';
import { loadConfiguration } from 'c/pusherConfigurationService';
import { isSeen, watchConversations } from 'c/pusherConversationModel';
import { reduceErrors } from 'c/pusherErrors';
import { getConversations } from 'c/pusherConversationClient';

const PAGE_SIZE = 20;
const LARGEST_PAGE = 100;
const PAUSE = 1000;
const TELL_DELAY = 5000;

const watchers = new Set();
let inbox = null;

const sumUnread = (rows) => rows.reduce((sum, row) => sum + row.unread, 0);
const findTime = (row) => row.lastMessageAt ?? '';

/**
 * The newest of the user's conversations and how many texts are unread. Both come
 * from one answer of the server, and whatever changes has it asked again.
 */
class InboxModel {
    rows = new Map();
    size = PAGE_SIZE;
    elsewhere = 0;
    updates = new Map();
    awaited = new Map();
    state = {
        conversations: [],
        cursor: null,
        unread: 0,
        isUnreadCapped: false,
        isDelayed: false,
        loading: true,
        errorMessage: ''
    };

    constructor() {
        this.catchUp = new CatchUpService((turn) => this.fetch(turn), PAUSE);
        this.turn = this.catchUp.turn;
    }

    open() {
        this.turn.onEnd(watchConversations((row) => this.handleChat(row)));
        this.catchUp.start();
        this.catchUp.request();
    }

    close() {
        this.catchUp.stop();
    }

    publish(news) {
        const conversations = [...this.rows.values()].sort(
            (one, other) =>
                findTime(other).localeCompare(findTime(one)) ||
                other.id.localeCompare(one.id)
        );
        const unread = this.elsewhere + sumUnread(conversations);
        this.state = { ...this.state, ...news, conversations, unread };
        watchers.forEach((watcher) => watcher(this.state));
    }

    async fetch(turn) {
        try {
            await this.follow(turn);
            if (!turn.isOver) {
                await this.fetchPages(turn);
            }
        } catch (error) {
            if (!turn.isOver) {
                const errorMessage = reduceErrors(error);
                this.publish({ loading: false, errorMessage });
            }
            throw error;
        }
    }

    async follow(turn) {
        if (this.isFollowing) {
            return;
        }
        const configuration = await loadConfiguration();
        const { userChannel, publicChannel, pollSeconds } = configuration;
        if (!turn.isOver) {
            this.isFollowing = true;
            this.catchUp.setPollSeconds(pollSeconds);
            turn.onEnd(
                subscribe(userChannel ?? publicChannel, (envelope) =>
                    this.handleEvent(envelope)
                )
            );
        }
    }

    /** All rows down to where the list ends, so that none is left out. */
    async fetchPages(turn) {
        const rows = [];
        let page = { cursor: null };
        this.updates.clear();
        do {
            // Each page starts where the one before has ended.
            // eslint-disable-next-line no-await-in-loop
            page = await getConversations({
                searchTerm: '',
                pageSize: Math.min(LARGEST_PAGE, this.size - rows.length),
                cursor: page.cursor
            });
            if (turn.isOver) {
                return;
            }
            rows.push(...page.conversations);
        } while (page.cursor && rows.length < this.size);
        this.applyPage(rows, page);
    }

    applyPage(
        rows,
        { cursor, unread, isUnreadCapped = false, isDelayed = false }
    ) {
        this.rows = new Map(rows.map((row) => [row.id, row]));
        this.elsewhere = Math.max(
            0,
            unread - sumUnread([...this.rows.values()])
        );
        this.settle(rows);
        // What a chat has told meanwhile may be newer than the answer.
        this.updates.forEach((row) => this.setRow(row));
        this.catchUp.setDelayed(isDelayed);
        this.publish({
            cursor,
            isUnreadCapped,
            isDelayed,
            loading: false,
            errorMessage: ''
        });
    }

    /** Fetches a longer list; done once it is there. */
    loadMore(count) {
        this.size = this.rows.size + count;
        return this.catchUp.requestAndWait();
    }

    handleEvent({ type, event, conversationId, sequence }) {
        if (type === 'subscribed') {
            this.catchUp.renew();
        } else if (type === 'event' && conversationId) {
            this.applyEvent(event, conversationId, sequence);
        }
    }

    applyEvent(event, conversationId, sequence) {
        const known = this.rows.get(conversationId);
        const isChange =
            event === 'read'
                ? !known || sequence > known.readSequence
                : event === 'message' &&
                  (!known || sequence > known.lastSequence);
        if (isChange && isSeen(conversationId)) {
            this.expect(conversationId, event, sequence);
        } else if (isChange) {
            this.catchUp.request();
        }
    }

    /** An open chat fetches the text and tells of it; should it fail, look. */
    expect(conversationId, event, sequence) {
        const cancel = this.turn.after(TELL_DELAY, () => {
            this.awaited.delete(conversationId);
            this.catchUp.request();
        });
        this.awaited.get(conversationId)?.cancel();
        this.awaited.set(conversationId, { event, sequence, cancel });
    }

    settle(rows) {
        rows.forEach(({ id, lastSequence, readSequence }) => {
            const { event, sequence, cancel } = this.awaited.get(id) ?? {};
            const reached = event === 'read' ? readSequence : lastSequence;
            if (reached >= sequence) {
                cancel();
                this.awaited.delete(id);
            }
        });
    }

    /** Takes a conversation's newest state from a chat. */
    handleChat(row) {
        const isStale = row.isStale || this.updates.get(row.id)?.isStale;
        this.updates.set(row.id, { ...row, isStale });
        this.settle([row]);
        if (!this.catchUp.running) {
            this.setRow(row);
        }
    }

    setRow(row) {
        const { id, isStale } = row;
        const known = this.rows.get(id);
        if (isStale || !known || known.unread !== row.unread) {
            this.catchUp.request();
        }
        if (known && !this.isOutdated(known, row)) {
            this.rows.set(id, row);
            this.publish({});
        }
    }

    isOutdated(known, { lastSequence, readSequence }) {
        return (
            known.lastSequence > lastSequence ||
            (known.lastSequence === lastSequence &&
                known.readSequence > readSequence)
        );
    }
}

/**
 * Is told the user's conversations, newest first, and how many messages are
 * unread; the returned function stops it.
 */
export function watchInbox(watcher) {
    watchers.add(watcher);
    if (!inbox) {
        inbox = new InboxModel();
        inbox.open();
    }
    watcher(inbox.state);
    return () => {
        watchers.delete(watcher);
        if (inbox && !watchers.size) {
            inbox.close();
            inbox = null;
        }
    };
}

/** Asks again at once, e.g. after an error. */
export function reload() {
    return inbox?.catchUp.requestAndWait();
}

/** Adds older conversations. */
export function loadMore(count = PAGE_SIZE) {
    return inbox?.loadMore(count);
}
