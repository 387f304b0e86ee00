import { watchVisibility } from 'c/pusherVisibilityService';

describe('c-pusher-visibility-service', () => {
    let element;
    let report;
    let changed;
    let stop;
    const disconnect = jest.fn();

    beforeEach(() => {
        jest.useFakeTimers();
        disconnect.mockClear();
        element = document.createElement('div');
        element.checkVisibility = jest.fn(() => true);
        document.body.append(element);
        global.IntersectionObserver = class {
            constructor(callback) {
                report = (isIntersecting, intersectionRatio = 1) =>
                    callback([{ isIntersecting, intersectionRatio }]);
                this.disconnect = disconnect;
                this.observe = jest.fn();
            }
        };
        changed = jest.fn();
        stop = watchVisibility(element, changed);
    });

    afterEach(() => {
        stop();
        document.body.replaceChildren();
        delete global.IntersectionObserver;
        jest.useRealTimers();
    });

    it('sees what is in the window, and nothing before it is', () => {
        expect(changed).not.toHaveBeenCalled();
        report(true);
        expect(changed).toHaveBeenLastCalledWith(true);
        report(false, 0);
        expect(changed).toHaveBeenLastCalledWith(false);
        expect(changed).toHaveBeenCalledTimes(2);
    });

    it('does not see what only its edge is of', () => {
        report(true, 0.1);
        expect(changed).not.toHaveBeenCalled();
    });

    it('notices within a second what is hidden in its place', () => {
        report(true);
        element.checkVisibility.mockReturnValue(false);
        jest.advanceTimersByTime(1000);
        expect(changed).toHaveBeenLastCalledWith(false);
        element.checkVisibility.mockReturnValue(true);
        jest.advanceTimersByTime(1000);
        expect(changed).toHaveBeenLastCalledWith(true);
    });

    it('does not see what has left the page', () => {
        report(true);
        element.remove();
        jest.advanceTimersByTime(1000);
        expect(changed).toHaveBeenLastCalledWith(false);
    });

    it('sees nothing any more once it is stopped', () => {
        report(true);
        stop();
        expect(changed).toHaveBeenLastCalledWith(false);
        expect(disconnect).toHaveBeenCalled();
        report(true);
        jest.advanceTimersByTime(5000);
        expect(changed).toHaveBeenCalledTimes(2);
        expect(jest.getTimerCount()).toBe(0);
    });

    it('asks for the parent that draws it where browsers know no better', () => {
        stop();
        delete global.IntersectionObserver;
        delete element.checkVisibility;
        const parent = jest.fn(() => document.body);
        Object.defineProperty(element, 'offsetParent', { get: parent });
        changed.mockClear();
        stop = watchVisibility(element, changed);
        expect(changed).toHaveBeenLastCalledWith(true);
        parent.mockReturnValue(null);
        jest.advanceTimersByTime(1000);
        expect(changed).toHaveBeenLastCalledWith(false);
    });
});
