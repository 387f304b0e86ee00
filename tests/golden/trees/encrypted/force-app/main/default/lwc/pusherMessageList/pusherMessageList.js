import { LightningElement, api } from 'lwc';
import { label } from 'c/pusherLabels';

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
        let day;
        return this.messages.flatMap((message) => {
            const items = [this.describe(message)];
            if (this.startsNew(message)) {
                items.unshift({ key: 'new', isDivider: true });
            }
            const messageDay = new Date(message.sentAt).toDateString();
            if (messageDay !== day) {
                day = messageDay;
                const { sentAt } = message;
                items.unshift({ key: messageDay, isDay: true, sentAt });
            }
            return items;
        });
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

    startsNew({ sequence, direction }) {
        return sequence === this.firstUnread && direction === 'Inbound';
    }

    describe(message) {
        const side = message.direction.toLowerCase();
        return {
            ...message,
            key: message.clientKey ?? message.id,
            rowClass: `slds-chat-listitem slds-chat-listitem_${side}`,
            textClass: `slds-chat-message__text slds-chat-message__text_${side}`,
            statusLabel: label.statuses[message.status],
            isFailed: message.status === 'Failed' && !message.id
        };
    }
}
