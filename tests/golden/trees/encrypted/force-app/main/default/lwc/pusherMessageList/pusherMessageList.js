import { LightningElement, api } from 'lwc';
import { label } from 'c/pusherLabels';
import { listItems } from 'c/pusherTimeline';

const NEAR = 48;

/**
 * The rows of a conversation, with days and the line above what is new.
 * Fires `earlier` and `retry` with the client key of the message.
 */
export default class PusherMessageList extends LightningElement {
    /** Stored messages and those on their way, oldest first. */
    @api messages = [];

    /** The sequence number of the first unread message, e.g. 12. */
    @api firstUnread;

    /** Whether older messages can be loaded. */
    @api hasMore = false;

    label = label;
    isAtEnd = true;
    height = 0;

    get isEmpty() {
        return !this.messages.length;
    }

    get items() {
        return listItems(this.messages, this.firstUnread);
    }

    renderedCallback() {
        const { scroller } = this.refs;
        const grown = scroller.scrollHeight - this.height;
        this.height = scroller.scrollHeight;
        if (this.isAtEnd) {
            scroller.scrollTop = scroller.scrollHeight;
        } else if (this.wasEarlier && grown > 0) {
            this.wasEarlier = false;
            scroller.scrollTop += grown;
        }
    }

    handleScroll() {
        const { scrollHeight, scrollTop, clientHeight } = this.refs.scroller;
        this.isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR;
    }

    handleEarlier() {
        this.isAtEnd = false;
        this.wasEarlier = true;
        this.dispatchEvent(new CustomEvent('earlier'));
    }

    handleRetry(event) {
        const { key } = event.target.dataset;
        this.dispatchEvent(new CustomEvent('retry', { detail: key }));
    }
}
