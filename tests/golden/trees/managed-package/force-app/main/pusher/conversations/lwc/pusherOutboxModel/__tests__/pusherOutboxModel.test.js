import { openOutbox } from 'c/pusherOutboxModel';
import { UnsentStore } from 'c/pusherUnsentStore';
import sendMessage from '@salesforce/apex/PusherConversationController.sendMessage';

jest.mock(
    '@salesforce/apex/PusherConversationController.sendMessage',
    () => ({ default: jest.fn() }),
    { virtual: true }
);

jest.mock('c/pusherChannelService', () => ({ announce: jest.fn() }));

let chat;
let leave;
let outbox;
let conversations = 0;

async function pass(milliseconds = 0) {
    await jest.advanceTimersByTimeAsync(milliseconds);
}

const states = () => outbox.rows.map(({ body, status }) => `${body} ${status}`);
const bodies = () => sendMessage.mock.calls.map(([{ body }]) => body);

describe('c-pusher-outbox-model', () => {
    beforeEach(() => {
        jest.useFakeTimers();
        let keys = 0;
        conversations += 1;
        window.crypto.randomUUID = () => `key-${(keys += 1)}`;
        sendMessage.mockImplementation(async ({ clientKey, body }) => ({
            id: `id-${clientKey}`,
            clientKey,
            body,
            sequence: 1
        }));
        chat = {
            show: jest.fn(),
            handleSent: jest.fn(),
            confirm: jest.fn().mockResolvedValue()
        };
        outbox = openOutbox(`a${conversations}`);
        leave = outbox.join(chat);
    });

    afterEach(() => {
        leave();
        jest.resetAllMocks();
        window.sessionStorage.clear();
        jest.useRealTimers();
    });

    it('shows a text until it has arrived', async () => {
        outbox.send('Mine');
        expect(states()).toEqual(['Mine Sending']);
        await pass();
        expect(outbox.rows).toEqual([]);
        expect(chat.handleSent).toHaveBeenCalledTimes(1);
    });

    it('sends one text after the other', async () => {
        let arrive;
        sendMessage.mockReturnValueOnce(
            new Promise((resolve) => {
                arrive = resolve;
            })
        );
        outbox.send('One');
        outbox.send('Two');
        await pass();
        expect(bodies()).toEqual(['One']);
        arrive({ clientKey: 'key-1', sequence: 1 });
        await pass();
        expect(bodies()).toEqual(['One', 'Two']);
    });

    it('keeps a text that failed and sends it under the same key', async () => {
        sendMessage.mockRejectedValueOnce(new Error('No network'));
        await outbox.send('Mine');
        expect(outbox.rows).toMatchObject([
            { status: 'Failed', errorMessage: 'No network' }
        ]);
        await outbox.retry('key-1');
        expect(sendMessage.mock.calls[1][0].clientKey).toBe('key-1');
        expect(outbox.rows).toEqual([]);
    });

    it('keeps the order of writing after a failure', async () => {
        sendMessage.mockRejectedValueOnce(new Error('No network'));
        outbox.send('One');
        outbox.send('Two');
        await pass();
        outbox.send('Three');
        await pass();
        expect(states()).toEqual([
            'One Failed',
            'Two Waiting',
            'Three Waiting'
        ]);
        outbox.retry('key-1');
        await pass();
        expect(bodies()).toEqual(['One', 'One', 'Two', 'Three']);
    });

    it('goes on with what waits once the text before it is discarded', async () => {
        sendMessage.mockRejectedValueOnce(new Error('Refused'));
        outbox.send('One');
        outbox.send('Two');
        await pass();
        outbox.discard('key-1');
        await pass();
        expect(bodies()).toEqual(['One', 'Two']);
        expect(outbox.rows).toEqual([]);
    });

    it('discards nothing that is on its way', async () => {
        sendMessage.mockReturnValue(new Promise(() => {}));
        outbox.send('One');
        outbox.discard('key-1');
        expect(states()).toEqual(['One Sending']);
        await pass(60000);
    });

    it('asks the store before it says that a text failed', async () => {
        sendMessage.mockRejectedValueOnce(new Error('Failed to fetch'));
        chat.confirm.mockImplementation(async () => {
            outbox.settle([{ clientKey: 'key-1' }]);
        });
        outbox.send('Mine');
        outbox.send('Next');
        await pass();
        expect(outbox.rows).toEqual([]);
        expect(bodies()).toEqual(['Mine', 'Next']);
    });

    it('takes no answer for a failure', async () => {
        sendMessage.mockReturnValueOnce(new Promise(() => {}));
        outbox.send('Mine');
        await pass(60000);
        expect(states()).toEqual(['Mine Failed']);
    });

    it('forgets a text that is found in the store later', async () => {
        sendMessage.mockRejectedValueOnce(new Error('No network'));
        await outbox.send('Mine');
        outbox.settle([{ clientKey: 'key-1' }, { clientKey: 'other' }]);
        expect(outbox.rows).toEqual([]);
    });

    it('keeps what was not sent over a load of the page', async () => {
        const unsent = new UnsentStore('005', 'a01');
        outbox.keepIn(unsent);
        sendMessage.mockRejectedValueOnce(new Error('No network'));
        await outbox.send('One');
        outbox.send('Two');
        const later = openOutbox('later');
        later.keepIn(new UnsentStore('005', 'a01'));
        expect(later.rows.map(({ status }) => status)).toEqual([
            'Failed',
            'Waiting'
        ]);
        await later.retry('key-1');
        expect(bodies()).toEqual(['One', 'One', 'Two']);
        expect(unsent.list()).toEqual([]);
    });

    it('is one for all chats of a conversation, as long as there is one', () => {
        expect(openOutbox(`a${conversations}`)).toBe(outbox);
        leave();
        expect(openOutbox(`a${conversations}`)).not.toBe(outbox);
    });
});
