import { createScroller } from 'c/pusherScrollService';

/** A list whose rows are 20 pixels high, in a window of 100. */
describe('c-pusher-scroll-service', () => {
    let element;
    let scroller;
    let resized;

    function lay(rows) {
        element.replaceChildren(
            ...rows.map((key) => {
                const row = document.createElement('li');
                row.dataset.key = key;
                row.getBoundingClientRect = () => {
                    const index = [...element.children].indexOf(row);
                    const top = 50 + index * 20 - element.scrollTop;
                    return { top, bottom: top + 20 };
                };
                return row;
            })
        );
    }

    function scrollTo(top) {
        element.scrollTop = top;
        scroller.recordPosition();
    }

    function placeOf(key) {
        const row = element.querySelector(`[data-key="${key}"]`);
        return row.getBoundingClientRect().top;
    }

    function keys(from, to) {
        const length = to - from + 1;
        return Array.from({ length }, (item, index) => `k${from + index}`);
    }

    beforeEach(() => {
        global.ResizeObserver = class {
            constructor(callback) {
                resized = callback;
                this.observe = jest.fn();
                this.disconnect = jest.fn();
            }
        };
        element = document.createElement('div');
        Object.defineProperties(element, {
            scrollHeight: { get: () => element.children.length * 20 },
            clientHeight: { get: () => 100 }
        });
        element.getBoundingClientRect = () => ({ top: 50 });
        lay(keys(31, 60));
        scroller = createScroller(element);
        scroller.keep();
    });

    afterEach(() => {
        delete global.ResizeObserver;
    });

    it('begins at the newest row and stays there', () => {
        expect(element.scrollTop).toBe(600);
        lay(keys(31, 61));
        scroller.keep();
        expect(element.scrollTop).toBe(620);
    });

    it('leaves the reader where older rows come above', () => {
        scrollTo(10);
        const before = placeOf('k33');
        lay(keys(1, 60));
        scroller.keep();
        expect(placeOf('k33')).toBe(before);
    });

    it('leaves the reader where a text comes while older rows load', () => {
        scrollTo(0);
        const before = placeOf('k31');
        lay(keys(31, 61));
        scroller.keep();
        expect(placeOf('k31')).toBe(before);
        lay(keys(1, 61));
        scroller.keep();
        expect(placeOf('k31')).toBe(before);
    });

    it('leaves the reader where rows above are let go', () => {
        scrollTo(300);
        const before = placeOf('k50');
        lay(keys(41, 65));
        scroller.keep();
        expect(placeOf('k50')).toBe(before);
    });

    it('finds the end again when it is drawn in another size', () => {
        element.scrollTop = 0;
        resized();
        expect(element.scrollTop).toBe(600);
    });

    it('tells where the reader is', () => {
        scrollTo(10);
        expect(scroller.isAtStart).toBe(true);
        expect(scroller.isAtEnd).toBe(false);
        scrollTo(490);
        expect(scroller.isAtStart).toBe(false);
        expect(scroller.isAtEnd).toBe(true);
    });

    it('watches no longer once it is closed', () => {
        scroller.close();
        expect(scroller.observer.disconnect).toHaveBeenCalled();
    });
});
