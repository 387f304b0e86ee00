import { LightningElement, api } from 'lwc';
import { label } from 'c/%[ cookiecutter.__camel ]%Labels';
import { createScroller } from 'c/%[ cookiecutter.__camel ]%Scroller';
import { listItems } from 'c/%[ cookiecutter.__camel ]%Timeline';

/**
 * The rows of a conversation, with days and the line above what is new.
 * Fires `earlier` and `later` where more is to be loaded, and `retry` and
 * `discard` with the client key of a message that wasn't sent.
 */
export default class %[ cookiecutter.prefix ]%MessageList extends LightningElement {
    /** The sequence number of the first unread message, e.g. 12. */
    @api firstUnread;

    /** Whether older messages can be loaded. */
    @api hasMore = false;

    /** Whether newer messages were let go and can be loaded again. */
    @api hasLater = false;

    /** Whether it stands where there is little room. */
    @api isCompact = false;

    label = label;

    /** Stored messages and those on their way, oldest first. */
    @api
    get messages() {
        return this._messages ?? [];
    }

    set messages(value) {
        this._messages = value;
        this.asked = '';
    }

    get isEmpty() {
        return !this.messages.length;
    }

    get scrollerClass() {
        const size = this.isCompact ? 'scroller_compact' : 'scroller_tall';
        return `scroller ${size} slds-scrollable_y`;
    }

    get rows() {
        return listItems(this.messages, this.firstUnread);
    }

    disconnectedCallback() {
        this.scroller.close();
        this.scroller = undefined;
    }

    renderedCallback() {
        this.scroller ??= createScroller(this.refs.scroller);
        this.scroller.keep();
    }

    handleScroll() {
        this.scroller.note();
        if (this.hasMore && this.scroller.isAtStart) {
            this.ask('earlier');
        } else if (this.hasLater && this.scroller.isAtEnd) {
            this.ask('later');
        }
    }

    handleEarlier() {
        this.dispatchEvent(new CustomEvent('earlier'));
    }

    handleLater() {
        this.dispatchEvent(new CustomEvent('later'));
    }

    handleRetry(event) {
        const { key } = event.target.dataset;
        this.dispatchEvent(new CustomEvent('retry', { detail: key }));
    }

    handleDiscard(event) {
        const { key } = event.target.dataset;
        this.dispatchEvent(new CustomEvent('discard', { detail: key }));
    }

    /** Scrolling asks once; what comes makes place for the next time. */
    ask(direction) {
        if (this.asked !== direction) {
            this.asked = direction;
            this.dispatchEvent(new CustomEvent(direction));
        }
    }
}
