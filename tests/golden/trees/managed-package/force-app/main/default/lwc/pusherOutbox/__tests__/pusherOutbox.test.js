import { Outbox } from 'c/pusherOutbox';

let outbox;
let transmit;

describe('c-pusher-outbox', () => {
    beforeEach(() => {
        let keys = 0;
        window.crypto.randomUUID = () => `key-${(keys += 1)}`;
        transmit = jest.fn().mockResolvedValue();
        outbox = new Outbox(transmit, jest.fn());
    });

    it('shows a text until it has arrived', async () => {
        const sent = outbox.send('Mine');
        expect(outbox.rows).toMatchObject([
            { body: 'Mine', status: 'Sending' }
        ]);
        await sent;
        outbox.settle([{ clientKey: 'key-1' }]);
        expect(outbox.rows).toEqual([]);
    });

    it('sends one text after the other', async () => {
        let arrive;
        transmit.mockReturnValueOnce(
            new Promise((resolve) => {
                arrive = resolve;
            })
        );
        outbox.send('One');
        const second = outbox.send('Two');
        await Promise.resolve();
        expect(transmit).toHaveBeenCalledTimes(1);
        arrive();
        await second;
        expect(transmit.mock.calls[1][0].body).toBe('Two');
    });

    it('keeps a text that failed and sends it under the same key', async () => {
        transmit.mockRejectedValueOnce(new Error('No network'));
        await outbox.send('Mine');
        expect(outbox.rows).toMatchObject([
            { status: 'Failed', errorMessage: 'No network' }
        ]);
        const again = outbox.retry('key-1');
        expect(outbox.rows).toMatchObject([
            { status: 'Sending', errorMessage: '' }
        ]);
        await again;
        expect(transmit.mock.calls[1][0].clientKey).toBe('key-1');
    });

    it('does not bring back a text that has arrived after all', async () => {
        let fail;
        transmit.mockReturnValueOnce(
            new Promise((resolve, reject) => {
                fail = reject;
            })
        );
        const sent = outbox.send('Mine');
        await Promise.resolve();
        outbox.settle([{ clientKey: 'key-1' }]);
        fail(new Error('The answer was lost'));
        await sent;
        expect(outbox.rows).toEqual([]);
    });
});
