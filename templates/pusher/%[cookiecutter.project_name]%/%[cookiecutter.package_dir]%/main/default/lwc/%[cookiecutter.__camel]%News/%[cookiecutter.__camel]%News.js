%{ if cookiecutter.__public }%
import { listen } from 'c/%[ cookiecutter.__camel ]%Channels';
import { loadConfiguration } from 'c/%[ cookiecutter.__camel ]%Configuration';
import { reduceErrors } from 'c/%[ cookiecutter.__camel ]%Errors';
%{ endif }%
import { watchInbox } from 'c/%[ cookiecutter.__camel ]%Inbox';
import { label } from 'c/%[ cookiecutter.__camel ]%Labels';

/** What is unread, and in whose conversations. */
class News {
    state = {
        conversations: [],
        unread: 0,
        unreadLabel: '',
        utilityLabel: label.utility,
%{ if cookiecutter.__public }%
        lastEvent: '',
%{ endif }%
        errorMessage: ''
    };

    constructor(changed) {
        this.changed = changed;
        this.stopWatching = watchInbox((inbox) => this.show(inbox));
%{ if cookiecutter.__public }%
        this.listen();
%{ endif }%
    }

    close() {
        this.isClosed = true;
        this.stopWatching();
%{ if cookiecutter.__public }%
        this.stopListening?.();
%{ endif }%
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
%{ if cookiecutter.__public }%

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
%{ endif }%

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
