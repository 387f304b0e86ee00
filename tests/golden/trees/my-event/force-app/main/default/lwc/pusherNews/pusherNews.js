import { listen } from 'c/pusherChannels';
import { loadConfiguration } from 'c/pusherConfiguration';
import { reduceErrors } from 'c/pusherErrors';
import { watchInbox } from 'c/pusherInbox';
import { label } from 'c/pusherLabels';

/** What is unread, and in whose conversations. */
class News {
    state = {
        conversations: [],
        unread: 0,
        unreadLabel: '',
        utilityLabel: label.utility,
        lastEvent: '',
        errorMessage: ''
    };

    constructor(changed) {
        this.changed = changed;
        this.stopWatching = watchInbox((inbox) => this.show(inbox));
        this.listen();
    }

    close() {
        this.isClosed = true;
        this.stopWatching();
        this.stopListening?.();
    }

    show({ conversations, unread, loading, errorMessage = '' }) {
        // Nobody knows before the first answer, or after an error.
        const none = loading || errorMessage ? '' : label.noUnreadMessages;
        this.tell({
            conversations: conversations.filter((row) => row.unread > 0),
            unread,
            unreadLabel: unread
                ? label.format(label.unreadMessages, unread)
                : none,
            utilityLabel: unread
                ? label.format(label.utilityUnread, unread)
                : label.utility,
            errorMessage
        });
    }

    /** Any event of the public channel that isn't about a conversation. */
    async listen() {
        try {
            const { publicChannel } = await loadConfiguration();
            if (!this.isClosed) {
                this.stopListening = listen(publicChannel, (envelope) =>
                    this.note(envelope)
                );
            }
        } catch (error) {
            this.tell({ errorMessage: reduceErrors(error) });
        }
    }

    note({ type, event, conversationId }) {
        if (type === 'event' && !conversationId) {
            this.tell({ lastEvent: label.format(label.lastEvent, event) });
        }
    }

    tell(changes) {
        this.state = { ...this.state, ...changes };
        if (!this.isClosed) {
            this.changed(this.state);
        }
    }
}

/** Tells `changed` what is unread; the returned function stops it. */
export function watchNews(changed) {
    const news = new News(changed);
    return () => news.close();
}
