import { CatchUpService } from 'c/pusherCatchUpService';
import { receive } from 'c/pusherChannelService';

function setHidden(hidden) {
    Object.defineProperty(document, 'hidden', {
        configurable: true,
        value: hidden
    });
    document.dispatchEvent(new CustomEvent('visibilitychange'));
}

function emit(state) {
    receive({ type: 'state', state, reason: '' });
}

async function pass(milliseconds = 0) {
    await jest.advanceTimersByTimeAsync(milliseconds);
}

describe('c-pusher-catch-up-service', () => {
    let fetch;
    let catchUp;

    function start(pause) {
        catchUp?.stop();
        catchUp = new CatchUpService(fetch, pause);
        catchUp.setPollSeconds(10);
        catchUp.start();
    }

    beforeEach(() => {
        jest.useFakeTimers();
        setHidden(false);
        emit('connected');
        fetch = jest.fn().mockResolvedValue();
        start();
    });

    afterEach(() => {
        catchUp.stop();
        jest.useRealTimers();
    });

    it('looks every few minutes even while connected', async () => {
        await pass(3600000);
        expect(fetch.mock.calls.length).toBeGreaterThanOrEqual(12);
        expect(fetch.mock.calls.length).toBeLessThanOrEqual(20);
        expect(fetch.mock.calls[0][1]).toBe(true);
    });

    it('fetches once more for what was asked meanwhile', async () => {
        catchUp.request();
        catchUp.request();
        catchUp.request();
        await pass();
        expect(fetch).toHaveBeenCalledTimes(2);
    });

    it('lets a while pass between two fetches where it is told to', async () => {
        start(1000);
        catchUp.request();
        catchUp.request();
        await pass(999);
        expect(fetch).toHaveBeenCalledTimes(1);
        await pass(1);
        expect(fetch).toHaveBeenCalledTimes(2);
    });

    it('waits until the tab can be seen', async () => {
        setHidden(true);
        catchUp.request();
        await pass();
        expect(fetch).not.toHaveBeenCalled();
        setHidden(false);
        await pass();
        expect(fetch).toHaveBeenCalledTimes(1);
    });

    it('looks when the user or the network is back, unless it just has', async () => {
        await pass(10000);
        window.dispatchEvent(new CustomEvent('focus'));
        await pass();
        expect(fetch).toHaveBeenCalledTimes(1);
        window.dispatchEvent(new CustomEvent('online'));
        await pass(6000);
        expect(fetch).toHaveBeenCalledTimes(1);
        window.dispatchEvent(new CustomEvent('online'));
        await pass();
        expect(fetch).toHaveBeenCalledTimes(2);
    });

    it('polls ever slower without a connection, and slowly with one', async () => {
        emit('reconnecting');
        await pass(12500);
        expect(fetch).toHaveBeenCalledTimes(1);
        await pass(3600000);
        const calls = fetch.mock.calls.length;
        expect(calls).toBeGreaterThan(35);
        expect(calls).toBeLessThan(65);
        emit('connected');
        await pass(120000);
        expect(fetch).toHaveBeenCalledTimes(calls);
    });

    it('polls quickly while events come late', async () => {
        catchUp.setDelayed(true);
        await pass(60000);
        expect(fetch.mock.calls.length).toBeGreaterThanOrEqual(4);
        catchUp.setDelayed(false);
        fetch.mockClear();
        await pass(60000);
        expect(fetch).not.toHaveBeenCalled();
    });

    it('tries again after a failure, and for all that was asked', async () => {
        fetch.mockRejectedValueOnce(new Error('busy'));
        catchUp.renew();
        await pass();
        expect(catchUp.isPending).toBe(true);
        await pass(5000);
        expect(fetch).toHaveBeenCalledTimes(2);
        expect(fetch.mock.calls[1][1]).toBe(true);
        expect(catchUp.isPending).toBe(false);
    });

    it('takes no answer for a failure', async () => {
        fetch.mockReturnValueOnce(new Promise(() => {}));
        catchUp.request();
        await pass(66000);
        expect(fetch).toHaveBeenCalledTimes(2);
    });

    it('says when a fetch that began later has ended', async () => {
        let answer;
        fetch.mockReturnValueOnce(
            new Promise((resolve) => {
                answer = resolve;
            })
        );
        catchUp.request();
        const done = jest.fn();
        catchUp.requestAndWait().then(done);
        await pass();
        expect(done).not.toHaveBeenCalled();
        answer();
        await pass();
        expect(done).toHaveBeenCalled();
        expect(fetch).toHaveBeenCalledTimes(2);
    });

    it('does nothing any more once stopped, and keeps nobody waiting', async () => {
        const done = jest.fn();
        fetch.mockReturnValue(new Promise(() => {}));
        catchUp.request();
        catchUp.requestAndWait().then(done);
        catchUp.stop();
        emit('offline');
        catchUp.request();
        catchUp.requestAndWait().then(done);
        window.dispatchEvent(new CustomEvent('focus'));
        await pass(600000);
        expect(fetch).toHaveBeenCalledTimes(1);
        expect(done).toHaveBeenCalledTimes(2);
        expect(jest.getTimerCount()).toBe(0);
    });
});
