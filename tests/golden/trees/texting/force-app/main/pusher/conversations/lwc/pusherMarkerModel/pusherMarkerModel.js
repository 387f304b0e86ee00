import { after } from 'c/pusherTimer';

const READING_TIME = 10000;

/**
 * Decides where the line of what is new stands: above what came while nobody
 * looked, until it has been read for a while.
 */
class MarkerModel {
    chat = {};
    from = 0;
    isVisible = false;

    constructor(changed) {
        this.changed = changed;
    }

    get isLooking() {
        return this.isVisible && !document.hidden;
    }

    get hasUnread() {
        const { messages, readSequence } = this.chat;
        return messages.some(
            ({ direction, sequence }) =>
                direction === 'Inbound' && sequence > readSequence
        );
    }

    open() {
        document.addEventListener('visibilitychange', this.follow);
    }

    close() {
        document.removeEventListener('visibilitychange', this.follow);
        this.cancelSettle?.();
    }

    /** Takes what the chat shows. */
    update(chat) {
        const isNew = chat.isOpen && !this.chat.isOpen;
        this.chat = chat;
        if (isNew) {
            this.mark();
            this.follow();
        }
    }

    /** Takes whether a person can see the chat. */
    setVisible(isVisible) {
        this.isVisible = isVisible;
        this.follow();
    }

    follow = () => {
        this.cancelSettle?.();
        if (this.isLooking) {
            this.cancelSettle = after(READING_TIME, () => this.settle());
        } else {
            this.mark();
        }
    };

    mark() {
        const { isOpen, readSequence } = this.chat;
        this.setFrom(isOpen ? readSequence + 1 : 0);
    }

    settle() {
        if (this.chat.isOpen && this.hasUnread) {
            this.follow();
        } else {
            this.setFrom(0);
        }
    }

    setFrom(from) {
        if (this.from !== from) {
            this.from = from;
            this.changed(from);
        }
    }
}

/**
 * Tells `changed` the sequence number that the line stands above, 0 for none;
 * the returned object takes update(chat), setVisible(isVisible) and close().
 */
export function createMarker(changed) {
    const marker = new MarkerModel(changed);
    marker.open();
    return marker;
}
