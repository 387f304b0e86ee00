import { CatchUp } from 'c/pusherCatchUp';
import { receive } from 'c/pusherChannels';

function show(hidden) {
    Object.defineProperty(document, 'hidden', {
        configurable: true,
        value: hidden
    });
    document.dispatchEvent(new CustomEvent('visibilitychange'));
}

function tell(state) {
    receive({ type: 'state', state, reason: '' });
}

async function pass(milliseconds) {
    await jest.advanceTimersByTimeAsync(milliseconds);
}

describe('c-pusher-catch-up', () => {
    let fetch;
    let catchUp;

    beforeEach(() => {
        jest.useFakeTimers();
        show(false);
        tell('connected');
        fetch = jest.fn().mockResolvedValue();
        catchUp = new CatchUp(fetch, 10);
        catchUp.start();
    });

    afterEach(() => {
        catchUp.stop();
        jest.useRealTimers();
    });

    it('does nothing by itself while connected', async () => {
        await pass(3600000);
        expect(fetch).not.toHaveBeenCalled();
    });

    it('fetches once more for what was asked meanwhile', async () => {
        catchUp.request();
        catchUp.request();
        catchUp.request();
        await pass(0);
        expect(fetch).toHaveBeenCalledTimes(2);
    });

    it('waits until the tab can be seen', async () => {
        show(true);
        catchUp.request();
        await pass(0);
        expect(fetch).not.toHaveBeenCalled();
        show(false);
        await pass(0);
        expect(fetch).toHaveBeenCalledTimes(1);
    });

    it('polls ever slower without a connection, and stops with one', async () => {
        tell('reconnecting');
        await pass(12500);
        expect(fetch).toHaveBeenCalledTimes(1);
        await pass(3600000);
        const calls = fetch.mock.calls.length;
        expect(calls).toBeGreaterThan(35);
        expect(calls).toBeLessThan(65);
        tell('connected');
        await pass(3600000);
        expect(fetch).toHaveBeenCalledTimes(calls);
    });

    it('tries again after a failure', async () => {
        fetch.mockRejectedValueOnce(new Error('busy'));
        catchUp.request();
        await pass(5000);
        expect(fetch).toHaveBeenCalledTimes(2);
    });

    it('does nothing any more once stopped', async () => {
        catchUp.stop();
        tell('offline');
        catchUp.request();
        await pass(60000);
        expect(fetch).not.toHaveBeenCalled();
    });
});
