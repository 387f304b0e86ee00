import { loadMore, reload, watchInbox } from 'c/pusherInboxModel';
import { label } from 'c/pusherLabels';
import { Turn } from 'c/pusherTurn';

const MANY = 80;

function putUnreadFirst(conversations) {
    const isUnread = ({ unread }) => unread > 0;
    return [
        ...conversations.filter(isUnread),
        ...conversations.filter((row) => !isUnread(row))
    ];
}

/** What is unread, and in whose conversations. */
class NotificationsModel {
    turn = new Turn();
    state = {
        conversations: [],
        unread: 0,
        isUnreadCapped: false,
        isDelayed: false,
        hasMore: false,
        isLoading: true,
        unreadLabel: '',
        utilityLabel: label.utility,
        errorMessage: ''
    };

    constructor(changed) {
        this.changed = changed;
    }

    open() {
        this.turn.onEnd(watchInbox((inbox) => this.show(inbox)));
    }

    close() {
        this.turn.end();
    }

    show(inbox) {
        const { unread, loading, errorMessage } = inbox;
        const conversations = putUnreadFirst(inbox.conversations);
        const listed = conversations.reduce((sum, row) => sum + row.unread, 0);
        const count = inbox.isUnreadCapped ? `${unread}+` : unread;
        const isPartial = Boolean(inbox.cursor) && listed < unread;
        // Nobody knows before the first answer, or after an error.
        const none = loading || errorMessage ? '' : label.noUnreadMessages;
        this.update({
            conversations,
            unread,
            isUnreadCapped: inbox.isUnreadCapped,
            isDelayed: inbox.isDelayed,
            hasMore: Boolean(inbox.cursor),
            isLoading: Boolean(loading) && !conversations.length,
            unreadLabel: unread
                ? label.format(label.unreadMessages, count)
                : none,
            utilityLabel: unread
                ? label.format(label.utilityUnread, count)
                : label.utility,
            errorMessage
        });
        if (isPartial && !this.isLong) {
            this.isLong = true;
            loadMore(MANY);
        }
    }

    update(changes) {
        this.state = { ...this.state, ...changes };
        if (!this.turn.isOver) {
            this.changed(this.state);
        }
    }
}

/** Tells `changed` what is unread; the returned function stops it. */
export function watchNotifications(changed) {
    const notifications = new NotificationsModel(changed);
    notifications.open();
    return () => notifications.close();
}

/** Asks again at once, e.g. after an error. */
export function reloadNotifications() {
    return reload();
}

/** Looks for more conversations. */
export function loadMoreNotifications() {
    return loadMore();
}
