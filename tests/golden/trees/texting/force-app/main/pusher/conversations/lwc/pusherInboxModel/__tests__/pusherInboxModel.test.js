import { receive } from 'c/pusherChannelService';
import { loadConfiguration } from 'c/pusherConfigurationService';
import { isSeen, watchConversations } from 'c/pusherConversationModel';
import { loadMore, watchInbox } from 'c/pusherInboxModel';
import getConversations from '@salesforce/apex/PusherConversationController.getConversations';

jest.mock(
    '@salesforce/apex/PusherConversationController.getConversations',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock('c/pusherConfigurationService', () => ({
    loadConfiguration: jest.fn(),
    forgetConfiguration: jest.fn()
}));
jest.mock('c/pusherConversationModel', () => ({
    isSeen: jest.fn(),
    watchConversations: jest.fn()
}));

const CHANNEL = 'private-user-005';

let inbox;
let stop;
let stored;
let notifyChat;

function createRow(number, fields) {
    return {
        id: `a${number}`,
        name: `Person ${number}`,
        lastMessageAt: new Date(number * 1000).toISOString(),
        lastSequence: 1,
        readSequence: 1,
        unread: 0,
        ...fields
    };
}

function getPage({ pageSize, cursor }) {
    const start = Number(cursor ?? 0);
    const end = start + pageSize;
    return {
        conversations: stored.slice(start, end),
        cursor: end < stored.length ? String(end) : null,
        unread: stored.reduce((sum, row) => sum + row.unread, 0)
    };
}

function emit(event, conversationId, sequence) {
    receive({
        type: 'event',
        channel: CHANNEL,
        event,
        conversationId,
        sequence
    });
}

async function pass(milliseconds = 0) {
    await jest.advanceTimersByTimeAsync(milliseconds);
}

const ids = () => inbox.conversations.map(({ id }) => id);

async function open() {
    stop = watchInbox((state) => {
        inbox = state;
    });
    await pass();
}

describe('c-pusher-inbox-model', () => {
    beforeEach(() => {
        jest.useFakeTimers();
        Object.defineProperty(document, 'hidden', {
            configurable: true,
            value: false
        });
        receive({ type: 'state', state: 'connected', reason: '' });
        loadConfiguration.mockResolvedValue({
            userChannel: CHANNEL,
            publicChannel: CHANNEL,
            pollSeconds: 10
        });
        stored = [createRow(2), createRow(1)];
        getConversations.mockImplementation(async (asked) => getPage(asked));
        isSeen.mockReturnValue(false);
        watchConversations.mockImplementation((watcher) => {
            notifyChat = watcher;
            return () => {};
        });
    });

    afterEach(() => {
        stop();
        jest.resetAllMocks();
        jest.useRealTimers();
    });

    it('lists conversations, newest first, and counts in one request', async () => {
        stored[1] = createRow(1, { unread: 2 });
        await open();
        expect(ids()).toEqual(['a2', 'a1']);
        expect(inbox).toMatchObject({ unread: 2, loading: false });
        expect(getConversations).toHaveBeenCalledTimes(1);
    });

    it('asks for the list where a text has come, and ignores what it knows', async () => {
        await open();
        emit('message', 'a1', 1);
        emit('read', 'a1', 1);
        emit('message', '', 9);
        await pass(2000);
        expect(getConversations).toHaveBeenCalledTimes(1);
        const fields = { lastSequence: 2, unread: 1 };
        stored = [createRow(3, { ...fields, id: 'a1' }), createRow(2)];
        emit('message', 'a1', 2);
        await pass(2000);
        expect(ids()).toEqual(['a1', 'a2']);
        expect(inbox.unread).toBe(1);
        expect(getConversations).toHaveBeenCalledTimes(2);
    });

    it('spends one request on many events', async () => {
        await open();
        await pass(1000);
        for (let sequence = 2; sequence < 50; sequence += 1) {
            emit('message', 'a1', sequence);
        }
        await pass(900);
        expect(getConversations).toHaveBeenCalledTimes(2);
        await pass(1000);
        expect(getConversations).toHaveBeenCalledTimes(3);
    });

    it('finds every conversation with news, however many there are', async () => {
        stored = Array.from({ length: 60 }, (_, index) =>
            createRow(60 - index)
        );
        await open();
        expect(ids()).toHaveLength(20);
        stored = stored.map((row) => ({ ...row, lastSequence: 2, unread: 1 }));
        receive({ type: 'subscribed', channel: CHANNEL });
        await pass(1000);
        loadMore();
        await pass(2000);
        loadMore();
        await pass(2000);
        expect(ids()).toHaveLength(60);
        expect(inbox).toMatchObject({ cursor: null, unread: 60 });
    });

    it('asks for a long list in pages of a hundred', async () => {
        stored = Array.from({ length: 150 }, (_, index) =>
            createRow(150 - index)
        );
        await open();
        loadMore(130);
        await pass(2000);
        expect(ids()).toHaveLength(150);
        const sizes = getConversations.mock.calls.map(
            ([call]) => call.pageSize
        );
        expect(sizes).toEqual([20, 100, 50]);
    });

    it('leaves out what is gone', async () => {
        stored[0] = createRow(2, { unread: 3 });
        await open();
        stored = [createRow(1)];
        receive({ type: 'subscribed', channel: CHANNEL });
        await pass(1000);
        expect(ids()).toEqual(['a1']);
        expect(inbox.unread).toBe(0);
    });

    it('counts what is unread beyond the rows that are listed', async () => {
        stored = Array.from({ length: 30 }, (_, index) =>
            createRow(30 - index, { unread: 1 })
        );
        await open();
        expect(inbox.unread).toBe(30);
    });

    it('recovers from a failure of whatever it begins with', async () => {
        loadConfiguration.mockRejectedValueOnce(new Error('Busy'));
        await open();
        expect(inbox.errorMessage).toBe('Busy');
        getConversations.mockRejectedValueOnce(new Error('Still busy'));
        await pass(5000);
        expect(inbox.errorMessage).toBe('Still busy');
        await pass(10000);
        expect(inbox.errorMessage).toBe('');
        expect(ids()).toEqual(['a2', 'a1']);
    });

    it('says that texts may come late, and asks more often', async () => {
        getConversations.mockImplementation(async (asked) => ({
            ...getPage(asked),
            isDelayed: true
        }));
        await open();
        expect(inbox.isDelayed).toBe(true);
        await pass(30000);
        expect(getConversations.mock.calls.length).toBeGreaterThan(2);
    });

    it('begins anew at each of its awaits', async () => {
        let answer;
        const held = () =>
            new Promise((resolve) => {
                answer = resolve;
            });
        loadConfiguration.mockImplementationOnce(held);
        await open();
        stop();
        answer({ userChannel: 'private-old', pollSeconds: 10 });
        getConversations.mockImplementationOnce(held);
        await open();
        stop();
        answer({ conversations: [createRow(9)], cursor: null, unread: 9 });
        await open();
        expect(ids()).toEqual(['a2', 'a1']);
        expect(inbox.unread).toBe(0);
        stop();
        stop();
        expect(jest.getTimerCount()).toBe(0);
    });

    it('leaves a text to the chat that shows it, and takes what it tells', async () => {
        await open();
        isSeen.mockReturnValue(true);
        emit('message', 'a1', 2);
        await pass(1000);
        notifyChat(createRow(5, { id: 'a1', lastSequence: 2 }));
        expect(ids()).toEqual(['a1', 'a2']);
        await pass(10000);
        expect(getConversations).toHaveBeenCalledTimes(1);
    });

    it('asks itself where the chat tells nothing', async () => {
        await open();
        isSeen.mockReturnValue(true);
        emit('message', 'a1', 2);
        await pass(5000);
        expect(getConversations).toHaveBeenCalledTimes(2);
    });

    it('counts again where a chat changes the count, or left before it knew', async () => {
        stored[1] = createRow(1, { unread: 2 });
        await open();
        await pass(1000);
        notifyChat(createRow(1, { readSequence: 1 }));
        expect(inbox.unread).toBe(0);
        await pass();
        expect(getConversations).toHaveBeenCalledTimes(2);
        await pass(1000);
        notifyChat(createRow(1, { unread: 2, isStale: true }));
        await pass();
        expect(getConversations).toHaveBeenCalledTimes(3);
    });

    it('keeps what a chat tells while an older answer is on its way', async () => {
        await open();
        let answer;
        getConversations.mockReturnValueOnce(
            new Promise((resolve) => {
                answer = resolve;
            })
        );
        receive({ type: 'subscribed', channel: CHANNEL });
        await pass(1000);
        notifyChat(createRow(5, { id: 'a1', lastSequence: 3 }));
        answer(getPage({ pageSize: 20 }));
        await pass();
        expect(inbox.conversations[0].lastSequence).toBe(3);
    });
});
