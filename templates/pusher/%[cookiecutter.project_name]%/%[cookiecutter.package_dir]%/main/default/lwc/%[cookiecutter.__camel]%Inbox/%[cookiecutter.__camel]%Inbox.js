import { CatchUp } from 'c/%[ cookiecutter.__camel ]%CatchUp';
import { listen } from 'c/%[ cookiecutter.__camel ]%Channels';
import { loadConfiguration } from 'c/%[ cookiecutter.__camel ]%Configuration';
%{ if cookiecutter.__record }%
import { isOpen, watchConversations } from 'c/%[ cookiecutter.__camel ]%Conversation';
%{ endif }%
import { reduceErrors } from 'c/%[ cookiecutter.__camel ]%Errors';
%{ if cookiecutter.__renews }%
%{ if cookiecutter.prefix[3:] }%
import {
    getConversations,
    getMessagesSince,
    getUnreadCount
} from 'c/%[ cookiecutter.__camel ]%Store';
%{ else }%
import { getConversations, getMessagesSince, getUnreadCount } from 'c/%[ cookiecutter.__camel ]%Store';
%{ endif }%
%{ else }%
import getConversations from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.getConversations';
import getMessagesSince from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.getMessagesSince';
import getUnreadCount from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.getUnreadCount';
%{ endif }%

const PAGE_SIZE = 20;
const COUNTS = 3;

const rows = new Map();
const watchers = new Set();
const due = new Map();
let stops = [];
let catchUp = null;
let allDue = false;
let changes = 0;
let inbox = createInbox();

function createInbox() {
    return { conversations: [], cursor: null, unread: 0, loading: true };
}

function publish(news) {
    const conversations = [...rows.values()].sort((one, other) =>
        (other.lastMessageAt ?? '').localeCompare(one.lastMessageAt ?? '')
    );
    inbox = { ...inbox, ...news, conversations };
    watchers.forEach((watcher) => watcher(inbox));
}

/** Counts again where a conversation has changed while the server counted. */
async function countUnread() {
    let counts = 0;
    let before;
    let unread;
    do {
        before = changes;
        counts += 1;
        // Each count is asked for because the one before is outdated.
        // eslint-disable-next-line no-await-in-loop
        unread = await getUnreadCount();
    } while (before !== changes && counts < COUNTS);
    return unread;
}

/** An answer may be older than what an open chat has told meanwhile. */
function isOutdated({ id, lastSequence, readSequence }) {
    const known = rows.get(id);
    return (
        known &&
        (known.lastSequence > lastSequence ||
            (known.lastSequence === lastSequence &&
                known.readSequence > readSequence))
    );
}

function keep(conversations) {
    conversations
        .filter((row) => !isOutdated(row))
        .forEach((row) => rows.set(row.id, row));
}

%{ if cookiecutter.__record }%
/** Takes a conversation's newest state, from here or from an open chat. */
%{ else }%
/** Takes a conversation's newest state. */
%{ endif }%
async function put(conversation) {
    if (isOutdated(conversation)) {
        return;
    }
    // A complete list has every conversation; one that it lacks is new.
    const fresh = inbox.cursor ? null : { unread: 0 };
    const known = rows.get(conversation.id) ?? fresh;
    rows.set(conversation.id, conversation);
    changes += 1;
    if (known) {
        publish({ unread: inbox.unread + conversation.unread - known.unread });
    } else {
        publish({ unread: await countUnread() });
    }
}

async function fetchFirstPage() {
    const [page, unread] = await Promise.all([
        getConversations({ searchTerm: '', pageSize: PAGE_SIZE, cursor: null }),
        countUnread()
    ]);
    keep(page.conversations);
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
%{ if cookiecutter.__record }%
    if (!conversationId || isOpen(conversationId)) {
%{ else }%
    if (!conversationId) {
%{ endif }%
        return false;
    }
    return event === 'read'
        ? !known || sequence > known.readSequence
        : event === 'message' && (!known || sequence > known.lastSequence);
}

async function start() {
%{ if cookiecutter.__record }%
    stops = [watchConversations(put)];
%{ else }%
    stops = [];
%{ endif }%
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
    keep(page.conversations);
    publish({ cursor: page.cursor });
}
