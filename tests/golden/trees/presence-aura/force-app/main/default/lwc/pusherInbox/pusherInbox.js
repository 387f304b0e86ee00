import { CatchUp } from 'c/pusherCatchUp';
import { listen } from 'c/pusherChannels';
import { loadConfiguration } from 'c/pusherConfiguration';
import { isOpen, watchConversations } from 'c/pusherConversation';
import { reduceErrors } from 'c/pusherErrors';
import getConversations from '@salesforce/apex/PusherConversationsController.getConversations';
import getMessagesSince from '@salesforce/apex/PusherConversationsController.getMessagesSince';
import getUnreadCount from '@salesforce/apex/PusherConversationsController.getUnreadCount';

const PAGE_SIZE = 20;

const rows = new Map();
const watchers = new Set();
const due = new Map();
let stops = [];
let catchUp = null;
let allDue = false;
let inbox = createInbox();

function createInbox() {
    return { conversations: [], cursor: null, unread: 0, loading: true };
}

function publish(changes) {
    const conversations = [...rows.values()].sort((one, other) =>
        (other.lastMessageAt ?? '').localeCompare(one.lastMessageAt ?? '')
    );
    inbox = { ...inbox, ...changes, conversations };
    watchers.forEach((watcher) => watcher(inbox));
}

/** Takes a conversation's newest state, from here or from an open chat. */
async function put(conversation) {
    // A complete list has every conversation; one that it lacks is new.
    const fresh = inbox.cursor ? null : { unread: 0 };
    const known = rows.get(conversation.id) ?? fresh;
    rows.set(conversation.id, conversation);
    if (known) {
        publish({ unread: inbox.unread + conversation.unread - known.unread });
    } else {
        publish({ unread: await getUnreadCount() });
    }
}

async function fetchFirstPage() {
    const [page, unread] = await Promise.all([
        getConversations({ searchTerm: '', pageSize: PAGE_SIZE, cursor: null }),
        getUnreadCount()
    ]);
    page.conversations.forEach((row) => rows.set(row.id, row));
    const cursor = inbox.loading ? page.cursor : inbox.cursor;
    publish({ cursor, unread, loading: false, errorMessage: '' });
}

async function fetchOne(conversationId, sequence) {
    const page = await getMessagesSince({
        conversationId,
        afterSequence: sequence,
        readSequence: null
    });
    await put(page.conversation);
}

/** One request for a text that has come, all of the list after an absence. */
async function fetch() {
    const events = [...due];
    due.clear();
    try {
        await (events.length === 1 && !inbox.loading && !allDue
            ? fetchOne(...events[0])
            : fetchFirstPage());
        allDue = false;
    } catch (error) {
        allDue = true;
        publish({ loading: false, errorMessage: reduceErrors(error) });
        throw error;
    }
}

function hear({ type, event, conversationId, sequence }) {
    if (type === 'subscribed') {
        allDue = true;
        catchUp.request();
    } else if (type === 'event' && isNews(event, conversationId, sequence)) {
        due.set(conversationId, sequence);
        catchUp.request();
    }
}

function isNews(event, conversationId, sequence) {
    const known = rows.get(conversationId);
    if (!conversationId || isOpen(conversationId)) {
        return false;
    }
    return event === 'read'
        ? !known || sequence > known.readSequence
        : event === 'message' && (!known || sequence > known.lastSequence);
}

async function start() {
    stops = [watchConversations(put)];
    try {
        const configuration = await loadConfiguration();
        const { userChannel, publicChannel, pollSeconds } = configuration;
        if (watchers.size) {
            catchUp = new CatchUp(fetch, pollSeconds);
            catchUp.start();
            stops.push(() => catchUp.stop());
            stops.push(listen(userChannel ?? publicChannel, hear));
            allDue = true;
            catchUp.request();
        }
    } catch (error) {
        publish({ loading: false, errorMessage: reduceErrors(error) });
    }
}

/**
 * Is told the user's conversations, newest first, and how many messages are
 * unread; the returned function stops it.
 */
export function watchInbox(watcher) {
    watchers.add(watcher);
    watcher(inbox);
    if (watchers.size === 1) {
        start();
    }
    return () => {
        watchers.delete(watcher);
        if (!watchers.size) {
            stops.forEach((stop) => stop());
            rows.clear();
            inbox = createInbox();
        }
    };
}

/** Adds the next page of older conversations. */
export async function loadMore() {
    const page = await getConversations({
        searchTerm: '',
        pageSize: PAGE_SIZE,
        cursor: inbox.cursor
    });
    page.conversations.forEach((row) => rows.set(row.id, row));
    publish({ cursor: page.cursor });
}
