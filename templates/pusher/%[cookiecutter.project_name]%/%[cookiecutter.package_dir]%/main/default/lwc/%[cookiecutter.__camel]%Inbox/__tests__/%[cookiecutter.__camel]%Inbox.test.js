import { receive } from 'c/%[ cookiecutter.__camel ]%Channels';
import { forgetConfiguration } from 'c/%[ cookiecutter.__camel ]%Configuration';
import { Conversation } from 'c/%[ cookiecutter.__camel ]%Conversation';
import { loadMore, watchInbox } from 'c/%[ cookiecutter.__camel ]%Inbox';
import getConfiguration from '@salesforce/apex/%[ cookiecutter.prefix ]%BridgeController.getConfiguration';
import getConversations from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.getConversations';
import getMessagesSince from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.getMessagesSince';
import getUnreadCount from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.getUnreadCount';

jest.mock(
    '@salesforce/apex/%[ cookiecutter.prefix ]%BridgeController.getConfiguration',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.getConversations',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.getMessagesSince',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.getUnreadCount',
    () => ({ default: jest.fn() }),
    { virtual: true }
);

const CHANNEL = 'private-user-005';

function createRow(id, fields) {
    return {
        id,
        name: `Person ${id}`,
        lastMessageAt: `2026-11-20T09:00:0${id}.000Z`,
        lastSequence: 1,
        readSequence: 1,
        unread: 0,
        ...fields
    };
}

function tell(event, conversationId, sequence) {
    receive({
        type: 'event',
        channel: CHANNEL,
        event,
        conversationId,
        sequence
    });
}

async function flushPromises() {
    await new Promise(process.nextTick);
}

describe('c-%[ cookiecutter.__camel ]%-inbox', () => {
    let inbox;
    let stop;

    beforeEach(async () => {
        Object.defineProperty(document, 'hidden', {
            configurable: true,
            value: false
        });
        receive({ type: 'state', state: 'connected', reason: '' });
        getConfiguration.mockResolvedValue({
            userChannel: CHANNEL,
            publicChannel: CHANNEL,
            pollSeconds: 10
        });
        getConversations.mockResolvedValue({
            conversations: [createRow('1'), createRow('2')],
            cursor: 'next'
        });
        getUnreadCount.mockResolvedValue(0);
        stop = watchInbox((state) => {
            inbox = state;
        });
        await flushPromises();
    });

    afterEach(() => {
        stop();
        forgetConfiguration();
        jest.clearAllMocks();
    });

    it('lists conversations, newest first', () => {
        expect(inbox.conversations.map(({ id }) => id)).toEqual(['2', '1']);
        expect(inbox.loading).toBe(false);
    });

    it('spends one request on a new text, and counts it', async () => {
        const row = createRow('1', {
            lastMessageAt: '2026-11-21T09:00:00.000Z',
            lastSequence: 2,
            unread: 1
        });
        getMessagesSince.mockResolvedValue({ conversation: row, messages: [] });
        tell('message', '1', 2);
        await flushPromises();
        expect(inbox.conversations.map(({ id }) => id)).toEqual(['1', '2']);
        expect(inbox.unread).toBe(1);
        expect(getMessagesSince).toHaveBeenCalledTimes(1);
        expect(getConversations).toHaveBeenCalledTimes(1);
        expect(getUnreadCount).toHaveBeenCalledTimes(1);
    });

    it('ignores what it knows already', async () => {
        tell('message', '1', 1);
        tell('read', '1', 1);
        tell('message', '', 9);
        await flushPromises();
        expect(getMessagesSince).not.toHaveBeenCalled();
    });

    it('reads the whole list again after an absence', async () => {
        receive({ type: 'subscribed', channel: CHANNEL, count: 0 });
        await flushPromises();
        expect(getConversations).toHaveBeenCalledTimes(2);
    });

    it('adds older conversations', async () => {
        getConversations.mockResolvedValueOnce({
            conversations: [createRow('0')],
            cursor: null
        });
        await loadMore();
        expect(getConversations.mock.calls.at(-1)[0].cursor).toBe('next');
        expect(inbox.conversations).toHaveLength(3);
        expect(inbox.cursor).toBeNull();
    });

    it('counts a new conversation by what its row says', async () => {
        getConversations.mockResolvedValueOnce({
            conversations: [createRow('0')],
            cursor: null
        });
        await loadMore();
        getMessagesSince.mockResolvedValue({
            conversation: createRow('3', { unread: 1 }),
            messages: []
        });
        // Another text has come since the row was read; it is told next.
        getUnreadCount.mockResolvedValue(2);
        tell('message', '3', 1);
        await flushPromises();
        expect(inbox.unread).toBe(1);
    });

    it('counts again where a chat has changed while the server counted', async () => {
        let answer;
        getUnreadCount.mockReturnValueOnce(
            new Promise((resolve) => {
                answer = resolve;
            })
        );
        getMessagesSince.mockResolvedValue({
            conversation: createRow('9', { lastSequence: 2, unread: 1 }),
            messages: []
        });
        // On none of the pages that are loaded: the server has to count.
        tell('message', '9', 2);
        await flushPromises();
        const chat = new Conversation('1', jest.fn());
        chat.tellWatchers(createRow('1', { lastSequence: 3 }));
        getUnreadCount.mockResolvedValue(4);
        answer(1);
        await flushPromises();
        expect(inbox.unread).toBe(4);
    });

    it('keeps what is newer than a late answer', async () => {
        const newer = { lastSequence: 3, readSequence: 3 };
        getConversations.mockResolvedValueOnce({
            conversations: [createRow('1', newer)],
            cursor: 'next'
        });
        await loadMore();
        getConversations.mockResolvedValueOnce({
            conversations: [createRow('1', { lastSequence: 2 })],
            cursor: 'next'
        });
        await loadMore();
        const row = inbox.conversations.find(({ id }) => id === '1');
        expect(row.lastSequence).toBe(3);
    });

    it('shows why there is no list', async () => {
        getConversations.mockRejectedValueOnce(new Error('Busy'));
        receive({ type: 'subscribed', channel: CHANNEL, count: 0 });
        await flushPromises();
        expect(inbox.errorMessage).toBe('Busy');
    });

    it('ends with its last watcher', async () => {
        stop();
        tell('message', '1', 5);
        await flushPromises();
        expect(getMessagesSince).not.toHaveBeenCalled();
        stop = watchInbox(() => {});
    });
});
