import { listen, offerHost, receive } from 'c/pusherChannels';
import { forgetConfiguration } from 'c/pusherConfiguration';
import * as conversations from 'c/pusherConversation';
import getConfiguration from '@salesforce/apex/PusherBridgeController.getConfiguration';
import getMessages from '@salesforce/apex/PusherConversationsController.getMessages';
import getMessagesSince from '@salesforce/apex/PusherConversationsController.getMessagesSince';
import markRead from '@salesforce/apex/PusherConversationsController.markRead';
import sendMessage from '@salesforce/apex/PusherConversationsController.sendMessage';

jest.mock(
    '@salesforce/apex/PusherBridgeController.getConfiguration',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/PusherConversationsController.getMessages',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/PusherConversationsController.getMessagesSince',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/PusherConversationsController.markRead',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/PusherConversationsController.sendMessage',
    () => ({ default: jest.fn() }),
    { virtual: true }
);

const { Conversation, isOpen, watchConversations } = conversations;
const ID = 'a01000000000001AAA';
const USER_CHANNEL = 'private-user-005';

let stored;
let readSequence;
let conversation;
let changed;

function createMessage(sequence, fields) {
    return {
        id: `m${sequence}`,
        sequence,
        direction: 'Inbound',
        body: `text ${sequence}`,
        status: 'Received',
        sentAt: '2026-11-20T09:00:00.000Z',
        ...fields
    };
}

function createPage(messages, hasMore = false) {
    const lastSequence = stored.at(-1)?.sequence ?? 0;
    const row = { id: ID, name: 'Ada', lastSequence, readSequence };
    return { conversation: row, messages, hasMore, lastSequence, readSequence };
}

function tell(event, sequence) {
    receive({
        type: 'event',
        channel: USER_CHANNEL,
        event,
        conversationId: ID,
        sequence
    });
}

async function pass(milliseconds = 0) {
    await jest.advanceTimersByTimeAsync(milliseconds);
}

function sequences() {
    return conversation.history.messages.map(({ sequence }) => sequence);
}

async function openConversation() {
    conversation = new Conversation(ID, changed);
    conversation.open();
    await pass();
}

describe('c-pusher-conversation', () => {
    beforeEach(() => {
        jest.useFakeTimers();
        Object.defineProperty(document, 'hidden', {
            configurable: true,
            value: false
        });
        let keys = 0;
        window.crypto.randomUUID = () => `key-${(keys += 1)}`;
        receive({ type: 'state', state: 'connected', reason: '' });
        stored = [1, 2, 3].map((sequence) => createMessage(sequence));
        readSequence = 3;
        changed = jest.fn();
        getConfiguration.mockResolvedValue({
            userChannel: USER_CHANNEL,
            conversationChannel: 'private-conversation-{conversationId}',
            pollSeconds: 10
        });
        getMessages.mockImplementation(async ({ beforeSequence, pageSize }) => {
            const rows = stored.filter(
                ({ sequence }) => sequence < (beforeSequence ?? Infinity)
            );
            const hasMore = rows.length > pageSize;
            return createPage(rows.slice(-pageSize), hasMore);
        });
        getMessagesSince.mockImplementation(
            async ({ afterSequence, readSequence: read }) => {
                readSequence = read ?? readSequence;
                return createPage(
                    stored.filter(({ sequence }) => sequence > afterSequence)
                );
            }
        );
        markRead.mockImplementation(async ({ sequence }) => sequence);
    });

    afterEach(() => {
        conversation.close();
        forgetConfiguration();
        jest.clearAllMocks();
        jest.useRealTimers();
    });

    it('loads the newest page', async () => {
        await openConversation();
        expect(sequences()).toEqual([1, 2, 3]);
        expect(conversation.loading).toBe(false);
        expect(isOpen(ID)).toBe(true);
    });

    it('loads older pages in front', async () => {
        stored = Array.from({ length: 45 }, (_, index) =>
            createMessage(index + 1)
        );
        await openConversation();
        expect(sequences()[0]).toBe(16);
        await conversation.loadEarlier();
        expect(sequences()).toHaveLength(45);
        expect(conversation.hasMore).toBe(false);
    });

    it('fetches a new message once, however often it is told', async () => {
        await openConversation();
        stored.push(createMessage(4));
        tell('message', 4);
        tell('message', 4);
        await pass();
        tell('message', 4);
        tell('message', 2);
        await pass();
        expect(sequences()).toEqual([1, 2, 3, 4]);
        expect(getMessagesSince).toHaveBeenCalledTimes(1);
        expect(getMessagesSince).toHaveBeenCalledWith({
            conversationId: ID,
            afterSequence: 3,
            readSequence: 4
        });
    });

    it('catches up whenever its channel is subscribed again', async () => {
        await openConversation();
        stored.push(createMessage(4), createMessage(5));
        receive({
            type: 'subscribed',
            channel: `private-conversation-${ID}`
        });
        await pass();
        expect(sequences()).toEqual([1, 2, 3, 4, 5]);
    });

    it('looks again where a message is missing', async () => {
        await openConversation();
        stored.push(createMessage(5));
        tell('message', 5);
        await pass();
        stored.splice(3, 0, createMessage(4));
        await pass(2000);
        expect(sequences()).toEqual([1, 2, 3, 4, 5]);
        const [, [second]] = getMessagesSince.mock.calls;
        expect(second.afterSequence).toBe(3);
    });

    it('gives up a gap that stays', async () => {
        await openConversation();
        stored.push(createMessage(5));
        tell('message', 5);
        await pass(60000);
        expect(getMessagesSince).toHaveBeenCalledTimes(4);
        expect(conversation.history.reached).toBe(5);
    });

    it('shows a message at once and confirms it when it is stored', async () => {
        await openConversation();
        const row = createMessage(4, { clientKey: 'key-1', body: 'Mine' });
        sendMessage.mockResolvedValue(row);
        conversation.send('Mine');
        expect(conversation.rows.at(-1)).toMatchObject({
            body: 'Mine',
            status: 'Sending'
        });
        await pass();
        expect(conversation.rows).toHaveLength(4);
        expect(sequences()).toEqual([1, 2, 3, 4]);
        expect(getMessagesSince).not.toHaveBeenCalled();
    });

    it('announces what it has sent to the other tabs', async () => {
        const host = { open: jest.fn(), close: jest.fn(), send: jest.fn() };
        const withdraw = offerHost(host);
        await openConversation();
        sendMessage.mockResolvedValue(createMessage(4, { clientKey: 'key-1' }));
        await conversation.send('Mine');
        expect(host.send).toHaveBeenCalledWith({
            type: 'announce',
            conversationId: ID,
            sequence: 4
        });
        withdraw();
    });

    it('sends a failed message again under the same key', async () => {
        await openConversation();
        sendMessage.mockRejectedValueOnce(new Error('No network'));
        await conversation.send('Mine');
        const failed = conversation.rows.at(-1);
        expect(failed).toMatchObject({
            status: 'Failed',
            errorMessage: 'No network'
        });
        sendMessage.mockResolvedValue(createMessage(4, { clientKey: 'key-1' }));
        await conversation.retry(failed.clientKey);
        expect(conversation.rows).toHaveLength(4);
        const [[first], [second]] = sendMessage.mock.calls;
        expect(second.clientKey).toBe(first.clientKey);
    });

    it('keeps the order of writing', async () => {
        await openConversation();
        let resolveFirst;
        sendMessage.mockImplementationOnce(
            () =>
                new Promise((resolve) => {
                    resolveFirst = resolve;
                })
        );
        conversation.send('One');
        conversation.send('Two');
        await pass();
        expect(sendMessage).toHaveBeenCalledTimes(1);
        resolveFirst(createMessage(4, { clientKey: 'key-1' }));
        sendMessage.mockResolvedValue(createMessage(5, { clientKey: 'key-2' }));
        await pass();
        expect(sendMessage.mock.calls[1][0].body).toBe('Two');
    });

    it('marks what was loaded as read, and tells the list', async () => {
        readSequence = 1;
        const watcher = jest.fn();
        const stop = watchConversations(watcher);
        await openConversation();
        expect(conversation.firstUnread).toBe(2);
        await pass(2000);
        expect(markRead).toHaveBeenCalledWith({
            conversationId: ID,
            sequence: 3
        });
        expect(watcher.mock.calls.at(-1)[0].unread).toBe(0);
        stop();
    });

    it('asks for the delivery state of what is not read yet', async () => {
        stored[1] = createMessage(2, { direction: 'Outbound', status: 'Sent' });
        await openConversation();
        stored[1] = { ...stored[1], status: 'Delivered' };
        tell('status', 2);
        tell('status', 2);
        await pass(1000);
        expect(getMessagesSince).toHaveBeenCalledTimes(1);
        expect(conversation.rows[1].status).toBe('Delivered');
    });

    it('polls only while there is no connection', async () => {
        await openConversation();
        await pass(600000);
        expect(getMessagesSince).not.toHaveBeenCalled();
        receive({ type: 'state', state: 'offline', reason: 'network' });
        await pass(15000);
        expect(getMessagesSince).toHaveBeenCalled();
    });

    it('shows an error and recovers from it', async () => {
        getMessages.mockRejectedValueOnce(new Error('Busy'));
        await openConversation();
        expect(conversation.errorMessage).toBe('Busy');
        await pass(6000);
        expect(conversation.errorMessage).toBe('');
        expect(sequences()).toEqual([1, 2, 3]);
    });

    it('stops listening when closed', async () => {
        const host = { open: jest.fn(), close: jest.fn(), send: jest.fn() };
        const withdraw = offerHost(host);
        await openConversation();
        const stop = listen('private-other', jest.fn());
        conversation.close();
        expect(host.send).toHaveBeenLastCalledWith({
            type: 'want',
            channels: ['private-other']
        });
        conversation.open();
        stop();
        withdraw();
    });
});
