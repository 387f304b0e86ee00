import { after } from 'c/pusherTimer';

const LOOK_INTERVAL = 1000;
const SHARE = 0.2;

/** Hidden parents, and pages that Lightning keeps after they were left. */
function isDrawn(element) {
    if (!element.isConnected) {
        return false;
    }
    if (typeof element.checkVisibility === 'function') {
        return element.checkVisibility({
            checkOpacity: true,
            checkVisibilityCSS: true,
            opacityProperty: true,
            visibilityProperty: true
        });
    }
    return element.offsetParent !== null;
}

/** Whether a person can see an element: in the window, and not hidden. */
class VisibilityService {
    isVisible = false;
    isInWindow = false;

    constructor(element, changed) {
        this.element = element;
        this.changed = changed;
    }

    open() {
        if (typeof IntersectionObserver === 'undefined') {
            this.isInWindow = true;
        } else {
            this.observer = new IntersectionObserver(
                (entries) => this.handleIntersection(entries.at(-1)),
                { threshold: [0, SHARE] }
            );
            this.observer.observe(this.element);
        }
        this.check();
    }

    close() {
        this.isClosed = true;
        this.observer?.disconnect();
        this.cancelLook?.();
        this.notify(false);
    }

    handleIntersection({ isIntersecting, intersectionRatio }) {
        this.isInWindow = isIntersecting && intersectionRatio >= SHARE;
        this.check();
    }

    /** An observer isn't told of what is made invisible but keeps its place. */
    check() {
        this.cancelLook?.();
        if (!this.isClosed) {
            this.notify(this.isInWindow && isDrawn(this.element));
            this.cancelLook = after(LOOK_INTERVAL, () => this.check());
        }
    }

    notify(isVisible) {
        if (this.isVisible !== isVisible) {
            this.isVisible = isVisible;
            this.changed(isVisible);
        }
    }
}

/**
 * Tells `changed` whenever an element comes into sight or leaves it; the
 * returned function stops it, and what isn't watched any more isn't seen.
 */
export function watchVisibility(element, changed) {
    const sight = new VisibilityService(element, changed);
    sight.open();
    return () => sight.close();
}
