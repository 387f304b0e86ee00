import { LightningElement, api } from 'lwc';
import { label } from 'c/pusherLabels';
import { createScroller } from 'c/pusherScrollService';
import { listItems } from 'c/pusherTimelineModel';

/**
 * The rows of a conversation, with days and the line above what is new.
 * Fires `earlier` where more is to be loaded, `end` with whether the newest is
 * in sight, and `retry` and `discard` with the client key of an unsent message.
 */
export default class PusherMessageList extends LightningElement {
    /** The sequence number of the first unread message, e.g. 12. */
    @api firstUnread;

    /** Whether older messages can be loaded. */
    @api hasMore = false;

    /** Where it stands, which decides its height: record, home or utility. */
    @api place = 'record';

    label = label;
    wasAtEnd = true;
    givenMessages = [];

    /** Stored messages and those on their way, oldest first. */
    @api
    get messages() {
        return this.givenMessages;
    }

    set messages(value) {
        this.givenMessages = value;
        this.hasAsked = false;
    }

    get isEmpty() {
        return !this.messages.length;
    }

    get scrollerClass() {
        return `scroller scroller_${this.place} slds-scrollable_y`;
    }

    get rows() {
        return listItems(this.messages, this.firstUnread);
    }

    disconnectedCallback() {
        this.scroller?.close();
        this.scroller = undefined;
    }

    renderedCallback() {
        this.scroller ??= createScroller(this.refs.scroller);
        this.scroller.keep();
    }

    handleScroll() {
        this.scroller.recordPosition();
        if (this.hasMore && this.scroller.isAtStart) {
            this.requestEarlier();
        }
        this.notifyEnd();
    }

    handleEarlier() {
        this.dispatchEvent(new CustomEvent('earlier'));
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
    requestEarlier() {
        if (!this.hasAsked) {
            this.hasAsked = true;
            this.handleEarlier();
        }
    }

    notifyEnd() {
        const { isAtEnd } = this.scroller;
        if (isAtEnd !== this.wasAtEnd) {
            this.wasAtEnd = isAtEnd;
            this.dispatchEvent(new CustomEvent('end', { detail: isAtEnd }));
        }
    }
}
