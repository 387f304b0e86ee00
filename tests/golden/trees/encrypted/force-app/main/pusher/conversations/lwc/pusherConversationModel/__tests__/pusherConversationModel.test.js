import { offerHost, receive } from 'c/pusherChannelService';
import { loadConfiguration } from 'c/pusherConfigurationService';
import * as conversations from 'c/pusherConversationModel';
import getMessages from '@salesforce/apex/PusherConversationController.getMessages';
import getMessagesSince from '@salesforce/apex/PusherConversationController.getMessagesSince';
import markRead from '@salesforce/apex/PusherConversationController.markRead';
import sendMessage from '@salesforce/apex/PusherConversationController.sendMessage';

jest.mock(
    '@salesforce/apex/PusherConversationController.getMessages',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/PusherConversationController.getMessagesSince',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/PusherConversationController.markRead',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/PusherConversationController.sendMessage',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock('c/pusherConfigurationService', () => ({
    loadConfiguration: jest.fn(),
    forgetConfiguration: jest.fn()
}));

const { ConversationModel, isRefusal, isSeen, watchConversations } =
    conversations;
const ID = 'a01000000000001AAA';
const USER_CHANNEL = 'private-user-005';
const OWN_CHANNEL = `private-conversation-${ID}`;

let stored;
let readSequence;
let conversation;
let changed;
let row;

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
    const unread = stored.filter(
        ({ direction, sequence }) =>
            direction === 'Inbound' && sequence > readSequence
    ).length;
    return {
        conversation: {
            id: ID,
            name: 'Ada',
            lastSequence,
            readSequence,
            unread
        },
        messages,
        hasMore,
        lastSequence,
        readSequence
    };
}

function emit(event, sequence) {
    receive({
        type: 'event',
        channel: USER_CHANNEL,
        event,
        conversationId: ID,
        sequence
    });
}

function setHidden(hidden) {
    Object.defineProperty(document, 'hidden', {
        configurable: true,
        value: hidden
    });
    document.dispatchEvent(new CustomEvent('visibilitychange'));
}

async function pass(milliseconds = 0) {
    await jest.advanceTimersByTimeAsync(milliseconds);
}

function sequences() {
    return conversation.history.messages.map(({ sequence }) => sequence);
}

/** As a subscription does once the channel is there. */
async function subscribe() {
    receive({ type: 'subscribed', channel: OWN_CHANNEL });
    await pass(500);
    getMessagesSince.mockClear();
}

async function openConversation() {
    const page = createPage(stored.slice(-30), stored.length > 30);
    conversation = new ConversationModel(page, changed);
    conversation.open();
    await pass();
}

/** An answer that comes when the test says so. */
function hold(mock) {
    let settle;
    mock.mockReturnValueOnce(
        new Promise((resolve, reject) => {
            settle = { resolve, reject };
        })
    );
    return settle;
}

describe('c-pusher-conversation-model', () => {
    let stop;

    beforeEach(() => {
        jest.useFakeTimers();
        setHidden(false);
        let keys = 0;
        window.crypto.randomUUID = () => `key-${(keys += 1)}`;
        receive({ type: 'state', state: 'connected', reason: '' });
        stored = [1, 2, 3].map((sequence) => createMessage(sequence));
        readSequence = 3;
        changed = jest.fn();
        stop = watchConversations((newest) => {
            row = newest;
        });
        loadConfiguration.mockResolvedValue({
            userId: '005',
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
                readSequence = Math.max(readSequence, read);
                const rows = stored.filter(
                    ({ sequence }) => sequence > afterSequence
                );
                return createPage(rows.slice(0, 200), rows.length > 200);
            }
        );
        markRead.mockImplementation(async ({ sequence }) => {
            readSequence = sequence;
            return sequence;
        });
        sendMessage.mockImplementation(async ({ body, clientKey }) => {
            const message = createMessage(stored.length + 1, {
                direction: 'Outbound',
                status: 'Sent',
                body,
                clientKey
            });
            stored = [...stored, message];
            return message;
        });
    });

    afterEach(async () => {
        conversation.close();
        stop();
        await pass(120000);
        jest.resetAllMocks();
        window.sessionStorage.clear();
        jest.useRealTimers();
    });

    it('begins with the page that it was found with', async () => {
        await openConversation();
        expect(sequences()).toEqual([1, 2, 3]);
        expect(isSeen(ID)).toBe(true);
        expect(getMessages).not.toHaveBeenCalled();
        expect(getMessagesSince).not.toHaveBeenCalled();
    });

    it('loads older pages in front', async () => {
        stored = Array.from({ length: 45 }, (_, index) =>
            createMessage(index + 1)
        );
        await openConversation();
        expect(sequences()[0]).toBe(16);
        await conversation.loadEarlier();
        expect(sequences()).toHaveLength(45);
        expect(conversation.history.hasMore).toBe(false);
    });

    it('fetches a new message once, however often it is told', async () => {
        await openConversation();
        await subscribe();
        stored.push(createMessage(4));
        emit('message', 4);
        await pass();
        emit('message', 4);
        emit('message', 2);
        await pass(1000);
        expect(sequences()).toEqual([1, 2, 3, 4]);
        expect(getMessagesSince).toHaveBeenCalledTimes(1);
        expect(getMessagesSince).toHaveBeenCalledWith({
            conversationId: ID,
            afterSequence: 3,
            readSequence: null
        });
    });

    it('spends few requests on many events', async () => {
        await openConversation();
        await subscribe();
        for (let sequence = 4; sequence < 104; sequence += 1) {
            stored.push(createMessage(sequence));
            emit('message', sequence);
        }
        await pass(1000);
        expect(sequences()).toHaveLength(103);
        expect(getMessagesSince.mock.calls.length).toBeLessThan(4);
    });

    it('catches up whenever its channel is subscribed again', async () => {
        await openConversation();
        await subscribe();
        stored.push(createMessage(4), createMessage(5));
        await subscribe();
        expect(sequences()).toEqual([1, 2, 3, 4, 5]);
    });

    it('asks for everything where another chat listens already', async () => {
        await openConversation();
        await subscribe();
        const first = conversation;
        stored[1] = createMessage(2, { direction: 'Outbound', status: 'Sent' });
        await openConversation();
        first.close();
        expect(getMessagesSince).toHaveBeenCalledTimes(1);
        expect(getMessagesSince.mock.calls[0][0].afterSequence).toBe(1);
    });

    it('begins anew after a long absence', async () => {
        await openConversation();
        await subscribe();
        for (let sequence = 4; sequence <= 700; sequence += 1) {
            stored.push(createMessage(sequence));
        }
        await subscribe();
        expect(sequences()).toHaveLength(200);
        expect(sequences().at(-1)).toBe(700);
        expect(conversation.history.hasMore).toBe(true);
    });

    it('keeps a bounded number of rows, and loads what it let go again', async () => {
        await openConversation();
        await subscribe();
        for (let sequence = 4; sequence <= 1000; sequence += 1) {
            stored.push(createMessage(sequence));
            if (sequence % 50 === 0) {
                emit('message', sequence);
                // eslint-disable-next-line no-await-in-loop
                await pass(500);
            }
        }
        expect(sequences().length).toBeLessThanOrEqual(250);
        const [first] = sequences();
        await conversation.loadEarlier();
        expect(sequences()[0]).toBe(first - 30);
        conversation.setAtEnd(false);
        conversation.setAtEnd(true);
        expect(sequences().length).toBeLessThanOrEqual(250);
    });

    it('looks again where a message is missing, for a while', async () => {
        await openConversation();
        await subscribe();
        stored.push(createMessage(5));
        emit('message', 5);
        await pass(4500);
        stored.splice(3, 0, createMessage(4));
        await pass(2000);
        expect(sequences()).toEqual([1, 2, 3, 4, 5]);
        stored.push(createMessage(7));
        emit('message', 7);
        getMessagesSince.mockClear();
        await pass(60000);
        expect(getMessagesSince.mock.calls.length).toBeLessThan(9);
        expect(conversation.history.reached).toBe(7);
    });

    it('goes on after a number that somebody made up', async () => {
        await openConversation();
        await subscribe();
        emit('message', 2147483647);
        await pass(20000);
        getMessagesSince.mockClear();
        stored.push(createMessage(4));
        emit('message', 4);
        await pass(500);
        expect(sequences()).toEqual([1, 2, 3, 4]);
        await pass(30000);
        expect(getMessagesSince.mock.calls.length).toBe(1);
    });

    it('shows a message at once and confirms it when it is stored', async () => {
        await openConversation();
        await subscribe();
        conversation.send('Mine');
        expect(conversation.rows.at(-1)).toMatchObject({
            body: 'Mine',
            status: 'Sending'
        });
        await pass();
        expect(conversation.rows).toHaveLength(4);
        emit('message', 4);
        await pass(1000);
        expect(sequences()).toEqual([1, 2, 3, 4]);
        expect(getMessagesSince).not.toHaveBeenCalled();
        expect(row).toMatchObject({
            lastMessage: 'Mine',
            lastDirection: 'Outbound',
            lastSequence: 4,
            unread: 0
        });
    });

    it('announces what it has sent to the other tabs', async () => {
        const host = { open: jest.fn(), close: jest.fn(), send: jest.fn() };
        const withdraw = offerHost(host);
        await openConversation();
        await conversation.send('Mine');
        expect(host.send).toHaveBeenCalledWith({
            type: 'announce',
            conversationId: ID,
            sequence: 4
        });
        withdraw();
    });

    it('finds a text in the store whose answer was lost', async () => {
        await openConversation();
        await subscribe();
        sendMessage.mockImplementationOnce(async ({ body, clientKey }) => {
            stored.push(createMessage(4, { body, clientKey }));
            throw new Error('Failed to fetch');
        });
        conversation.send('Mine');
        await pass(1000);
        expect(conversation.rows).toHaveLength(4);
        expect(conversation.rows.at(-1).status).not.toBe('Failed');
    });

    it('finds it later where the store can not be asked at once', async () => {
        await openConversation();
        await subscribe();
        sendMessage.mockImplementationOnce(async ({ body, clientKey }) => {
            stored.push(createMessage(4, { body, clientKey }));
            throw new Error('Failed to fetch');
        });
        getMessagesSince.mockRejectedValueOnce(new Error('Failed to fetch'));
        conversation.send('Mine');
        await pass(1000);
        expect(conversation.rows.at(-1).status).toBe('Failed');
        await pass(5000);
        expect(conversation.rows).toHaveLength(4);
        expect(conversation.errorMessage).toBe('');
    });

    it('sends a failed message again under the same key, or forgets it', async () => {
        await openConversation();
        sendMessage.mockRejectedValueOnce(new Error('No network'));
        conversation.send('Mine');
        await pass(500);
        const failed = conversation.rows.at(-1);
        expect(failed).toMatchObject({
            status: 'Failed',
            errorMessage: 'No network'
        });
        await conversation.retry(failed.clientKey);
        expect(conversation.rows).toHaveLength(4);
        const [[first], [second]] = sendMessage.mock.calls;
        expect(second.clientKey).toBe(first.clientKey);
        sendMessage.mockRejectedValueOnce(new Error('No network'));
        conversation.send('Another');
        await pass(500);
        conversation.discard(conversation.rows.at(-1).clientKey);
        expect(conversation.rows).toHaveLength(4);
    });

    it('marks what was in sight as read, and tells the list', async () => {
        readSequence = 1;
        await openConversation();
        expect(conversation.firstUnread).toBe(2);
        expect(row.unread).toBe(0);
        await pass(1000);
        expect(markRead).toHaveBeenCalledWith({
            conversationId: ID,
            sequence: 3
        });
        expect(row).toMatchObject({ unread: 0, readSequence: 3 });
        await pass(60000);
        expect(markRead).toHaveBeenCalledTimes(1);
    });

    it('marks nothing that nobody can see', async () => {
        readSequence = 1;
        await openConversation();
        conversation.setVisible(false);
        expect(isSeen(ID)).toBe(false);
        expect(row.unread).toBe(2);
        stored.push(createMessage(4));
        emit('message', 4);
        await pass(5000);
        expect(sequences()).toEqual([1, 2, 3, 4]);
        setHidden(true);
        conversation.setVisible(true);
        await pass(60000);
        expect(markRead).not.toHaveBeenCalled();
        const reads = getMessagesSince.mock.calls.map(
            ([call]) => call.readSequence
        );
        expect(reads.every((read) => read === null)).toBe(true);
        setHidden(false);
        await pass(1000);
        expect(readSequence).toBe(4);
    });

    it('marks nothing for somebody who has left', async () => {
        readSequence = 1;
        await openConversation();
        conversation.close();
        expect(row).toMatchObject({ unread: 2, isStale: true });
        await pass(60000);
        expect(readSequence).toBe(1);
    });

    it('marks with the next fetch what could not be marked', async () => {
        readSequence = 1;
        await openConversation();
        markRead.mockRejectedValueOnce(new Error('Busy'));
        await pass(2000);
        expect(readSequence).toBe(3);
        expect(markRead).toHaveBeenCalledTimes(1);
    });

    it('asks from the report on for delivery states', async () => {
        stored = Array.from({ length: 20 }, (_, index) =>
            createMessage(index + 1, {
                direction: 'Outbound',
                status: 'Delivered'
            })
        );
        await openConversation();
        await subscribe();
        stored[18] = { ...stored[18], status: 'Failed' };
        emit('status', 19);
        emit('status', 19);
        await pass(1500);
        expect(getMessagesSince).toHaveBeenCalledTimes(1);
        expect(getMessagesSince.mock.calls[0][0].afterSequence).toBe(18);
        expect(conversation.rows[18].status).toBe('Failed');
    });

    it('shows reports that came while it was away', async () => {
        stored[1] = createMessage(2, { direction: 'Outbound', status: 'Sent' });
        await openConversation();
        await subscribe();
        stored[1] = { ...stored[1], status: 'Failed' };
        await subscribe();
        expect(conversation.rows[1].status).toBe('Failed');
    });

    it('asks for a report again where the request failed', async () => {
        stored[1] = createMessage(2, { direction: 'Outbound', status: 'Sent' });
        await openConversation();
        await subscribe();
        stored[1] = { ...stored[1], status: 'Delivered' };
        getMessagesSince.mockRejectedValueOnce(new Error('Busy'));
        emit('status', 2);
        await pass(6000);
        expect(conversation.rows[1].status).toBe('Delivered');
    });

    it('polls without a connection, and looks now and then with one', async () => {
        await openConversation();
        await subscribe();
        await pass(170000);
        expect(getMessagesSince).not.toHaveBeenCalled();
        await pass(140000);
        expect(getMessagesSince.mock.calls.length).toBeGreaterThan(0);
        getMessagesSince.mockClear();
        receive({ type: 'state', state: 'offline', reason: 'network' });
        await pass(15000);
        expect(getMessagesSince).toHaveBeenCalled();
    });

    it('polls where its channel is refused', async () => {
        await openConversation();
        receive({ type: 'refused', channel: OWN_CHANNEL });
        await pass(15000);
        expect(getMessagesSince).toHaveBeenCalled();
    });

    it('shows an error and recovers from it', async () => {
        loadConfiguration.mockRejectedValueOnce(new Error('Busy'));
        await openConversation();
        expect(conversation.errorMessage).toBe('Busy');
        getMessagesSince.mockRejectedValueOnce(new Error('Too busy'));
        await pass(6000);
        await subscribe();
        expect(conversation.errorMessage).toBe('Too busy');
        await pass(6000);
        expect(conversation.errorMessage).toBe('');
        expect(sequences()).toEqual([1, 2, 3]);
    });

    it('asks no more for a conversation that was handed over', async () => {
        await openConversation();
        await subscribe();
        const refusal = new Error('This conversation is not yours to read.');
        expect(isRefusal(refusal)).toBe(true);
        getMessagesSince.mockRejectedValue(refusal);
        emit('message', 4);
        await pass(3600000);
        expect(getMessagesSince).toHaveBeenCalledTimes(1);
        expect(conversation.rows).toEqual([]);
        expect(conversation.isLost).toBe(true);
        expect(row.isStale).toBe(true);
    });

    it('stops listening when closed', async () => {
        const host = { open: jest.fn(), close: jest.fn(), send: jest.fn() };
        const withdraw = offerHost(host);
        await openConversation();
        conversation.close();
        expect(host.send).toHaveBeenLastCalledWith({
            type: 'want',
            channels: []
        });
        withdraw();
    });

    it('goes no further once it is closed, at each of its awaits', async () => {
        const configuration = hold(loadConfiguration);
        await openConversation();
        conversation.close();
        configuration.resolve({ userChannel: 'private-old' });
        await openConversation();
        const page = hold(getMessagesSince);
        receive({ type: 'subscribed', channel: OWN_CHANNEL });
        await pass(500);
        const earlier = hold(getMessages);
        const loaded = conversation.loadEarlier();
        conversation.close();
        changed.mockClear();
        stored.push(createMessage(4));
        page.resolve(createPage(stored));
        earlier.resolve(createPage(stored));
        await loaded;
        await pass(10000);
        expect(changed).not.toHaveBeenCalled();
        await openConversation();
        await subscribe();
        const failing = hold(getMessagesSince);
        emit('message', 9);
        await pass(500);
        conversation.close();
        failing.reject(new Error('late'));
        await pass(70000);
        expect(conversation.errorMessage).toBe('');
        expect(jest.getTimerCount()).toBe(0);
    });
});
