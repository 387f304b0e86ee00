const NEAR = 48;

/**
 * Keeps in place what the user looks at, whatever is added or taken away above
 * and below; the newest row stays in view where the user is at the end.
 */
class ScrollService {
    isAtEnd = true;

    constructor(element) {
        this.element = element;
        if (typeof ResizeObserver !== 'undefined') {
            // A list that was hidden, or is drawn in another size, too.
            this.observer = new ResizeObserver(() => this.keep());
            this.observer.observe(element);
        }
    }

    get isAtStart() {
        return this.element.scrollTop < NEAR;
    }

    /** Rows have a `data-key` by which they are found again. */
    get rows() {
        return [...this.element.querySelectorAll('li[data-key]')];
    }

    /** Notes where the user is, after each scrolling. */
    recordPosition() {
        const { scrollHeight, scrollTop, clientHeight } = this.element;
        this.isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR;
        this.anchor();
    }

    /** Goes back to where the user was, after each drawing. */
    keep() {
        const { element, key, rows, top } = this;
        if (this.isAtEnd) {
            element.scrollTop = element.scrollHeight;
        } else {
            const row = rows.find(({ dataset }) => dataset.key === key);
            element.scrollTop += row ? this.measure(row).top - top : 0;
        }
        this.anchor();
    }

    close() {
        this.observer?.disconnect();
    }

    anchor() {
        const row = this.rows.find((one) => this.measure(one).bottom > 0);
        this.key = row?.dataset.key;
        this.top = row ? this.measure(row).top : 0;
    }

    measure(row) {
        const from = this.element.getBoundingClientRect().top;
        const { top, bottom } = row.getBoundingClientRect();
        return { top: top - from, bottom: bottom - from };
    }
}

/** Makes a scroller of an element; its close() ends it. */
export function createScroller(element) {
    return new ScrollService(element);
}
