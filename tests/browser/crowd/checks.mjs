// What must be true once all is calm, and once nothing is mounted any more.

const compare = (world, what, shown, stored) => {
    const one = JSON.stringify(shown);
    const other = JSON.stringify(stored);
    if (one !== other) {
        world.fault(`${what}: shown ${one} stored ${other}`.slice(0, 700));
    }
};

const outline = ({ id, unread, lastSequence, readSequence, lastMessage }) =>
    [id.slice(3, 15), unread, lastSequence, readSequence, lastMessage].join(' ');

function checkChat(world, { kind, parameter, state }) {
    const { store } = world;
    const all = [...store.conversations.values()];
    const found = all.find((one) => (kind === 'record' ? one.recordId : one.id) === parameter);
    if (found.isGone) {
        return;
    }
    if (!state.isOpen) {
        world.fault(`chat isn't open: ${JSON.stringify({ ...state, messages: undefined })}`);
        return;
    }
    const rows = state.messages.filter(({ id }) => id);
    const first = rows[0]?.sequence ?? found.messages.length + 1;
    const expected = found.messages.filter(({ sequence }) => sequence >= first);
    const show = (list) => list.map(({ sequence, status, body }) => `${sequence} ${status} ${body}`);
    compare(world, `chat ${found.id}`, show(rows), show(expected));
    if (first > 1 && !state.hasMore) {
        world.fault(`chat ${found.id} begins with ${first} and has no more`);
    }
    const unsent = state.messages.filter(({ id }) => !id);
    if (unsent.length) {
        world.fault(`chat ${found.id} has unsent texts: ${JSON.stringify(unsent)}`);
    }
    if (state.errorMessage) {
        world.fault(`chat ${found.id} says ${state.errorMessage}`);
    }
    if (found.isOwn && store.unreadOf(found)) {
        world.fault(`chat ${found.id} is seen, and ${store.unreadOf(found)} texts are unread`);
    }
}

function checkList(world, { state }) {
    const stored = world.store.listOwn();
    const shown = state.rows ?? [];
    const expected = state.cursor ? stored.slice(0, shown.length) : stored;
    compare(world, 'list', shown.map(outline), expected.map((one) => outline(world.store.view(one))));
    if (state.cursor && shown.length === stored.length) {
        world.fault('the whole list has more');
    }
    if (state.cursor && shown.length < 20) {
        world.fault(`the list ends after ${shown.length} rows`);
    }
    compare(world, 'unread of the list', state.unread, world.store.countUnread());
}

function checkNotifications(world, { state }) {
    compare(world, 'badge', state.unread, world.store.countUnread());
    const unread = world.store.listOwn().filter((one) => world.store.unreadOf(one));
    if (!state.hasMore) {
        compare(
            world,
            'notifications',
            state.conversations.filter((row) => row.unread).map(({ id }) => id),
            unread.map(({ id }) => id)
        );
    }
}

const CHECKS = { record: checkChat, conversation: checkChat, list: checkList, notifications: checkNotifications };

/** Every text of a tab that stands was stored, in the order of writing. */
function checkSent(world, tab) {
    tab.mounts.forEach(({ state }) => {
        const { messages = [] } = world.store.conversations.get(state.conversationId) ?? {};
        const own = world.sent.filter((one) => one.tab === tab && one.id === state.conversationId);
        const places = own.map(({ body }) => messages.findIndex((row) => row.body === body));
        if (state.isOpen && places.some((place, index) => place < 0 || place < places[index - 1])) {
            world.fault(`texts sent: ${own.map(({ body }) => body)}, stored at ${places}`);
        }
    });
}

/** Chat = store, list and badge = store, one leader, one socket, nothing pending. */
export function checkCalm(world) {
    let isHosted = false;
    const widgets = world.living.reduce((sum, { mounts }) => sum + mounts.size, 0);
    if (world.quietCalls > 2 * widgets + 1) {
        world.fault(`${world.quietCalls} calls of ${widgets} widgets while nothing happens`);
    }
    world.living.forEach((tab) => checkSent(world, tab));
    world.every((mount, tab) => {
        isHosted = true;
        CHECKS[mount.kind]?.(world, mount);
        tab.modules.channels.watch(({ state }) => {
            if (state !== 'connected') {
                world.fault(`a tab says ${state}`);
            }
        })();
        if (tab.pendingCalls) {
            world.fault(`${tab.pendingCalls} calls are under way`);
        }
    });
    const sockets = [...world.server.sockets].filter(({ readyState, isDead }) => readyState === 1 && !isDead);
    compare(world, 'sockets', sockets.length, isHosted ? 1 : 0);
    const leaders = [...world.locks.held.keys()].filter((name) => name.split(':').length === 3);
    compare(world, 'leaders', leaders.length, isHosted ? 1 : 0);
}

/** Nothing is left of widgets that were closed. */
export function checkGone(world) {
    world.living.forEach(({ page, frames }) => {
        const { clock, locks, radio } = world;
        compare(world, 'frames', frames.size, 0);
        compare(world, 'timers', clock.pendingOf(page).length, 0);
        compare(world, 'locks', locks.heldBy(page).length, 0);
        compare(world, 'channels', radio.openOf(page).length, 0);
        compare(world, 'listeners of the document', page.document.count, 0);
        const own = ['message', 'focus'].map((type) => page.window.listeners.get(type)?.size ?? 0);
        compare(world, 'listeners of the window', own, [0, 0]);
    });
    compare(world, 'sockets left', world.server.sockets.size, 0);
}
