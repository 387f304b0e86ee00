import { after } from 'c/pusherTimer';

describe('c-pusher-timer', () => {
    beforeEach(() => {
        jest.useFakeTimers();
    });

    afterEach(() => {
        jest.useRealTimers();
    });

    it('acts once the time is over', () => {
        const action = jest.fn();
        after(1000, action);
        jest.advanceTimersByTime(999);
        expect(action).not.toHaveBeenCalled();
        jest.advanceTimersByTime(1);
        expect(action).toHaveBeenCalledTimes(1);
    });

    it('does not act when cancelled', () => {
        const action = jest.fn();
        const cancel = after(1000, action);
        cancel();
        jest.advanceTimersByTime(2000);
        expect(action).not.toHaveBeenCalled();
    });
});
