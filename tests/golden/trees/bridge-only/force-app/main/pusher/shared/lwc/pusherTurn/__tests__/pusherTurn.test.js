import { Turn } from 'c/pusherTurn';

describe('c-pusher-turn', () => {
    beforeEach(() => {
        jest.useFakeTimers();
    });

    afterEach(() => {
        jest.useRealTimers();
    });

    it('stops what it has begun when it ends, each once', () => {
        const turn = new Turn();
        const stop = jest.fn();
        turn.onEnd(stop);
        turn.end();
        turn.end();
        expect(stop).toHaveBeenCalledTimes(1);
        expect(turn.isOver).toBe(true);
    });

    it('stops at once what comes after its end', () => {
        const turn = new Turn();
        const stop = jest.fn();
        turn.end();
        turn.onEnd(stop);
        expect(stop).toHaveBeenCalled();
    });

    it('waits only as long as it lasts', () => {
        const turn = new Turn();
        const action = jest.fn();
        turn.after(10, action);
        const cancel = turn.after(10, action);
        cancel();
        jest.advanceTimersByTime(10);
        expect(action).toHaveBeenCalledTimes(1);
        turn.after(10, action);
        turn.end();
        turn.after(10, action);
        jest.advanceTimersByTime(100);
        expect(action).toHaveBeenCalledTimes(1);
    });

    it('listens only as long as it lasts', () => {
        const turn = new Turn();
        const listener = jest.fn();
        turn.listen(window, 'focus', listener);
        window.dispatchEvent(new CustomEvent('focus'));
        turn.end();
        window.dispatchEvent(new CustomEvent('focus'));
        expect(listener).toHaveBeenCalledTimes(1);
    });
});
