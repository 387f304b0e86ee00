import { reduceErrors } from 'c/pusherErrors';
import { loadMore, reload, watchInbox } from 'c/pusherInboxModel';
import { Turn } from 'c/pusherTurn';
import getConversations from '@salesforce/apex/PusherConversationController.getConversations';

const PAGE_SIZE = 20;
const SEARCH_DELAY = 300;

/** The user's conversations, newest first, or those that were searched for. */
class ConversationListModel {
    turn = new Turn();
    inbox = { conversations: [], loading: true };
    found = null;
    searchTerm = '';
    searchError = '';

    constructor(changed) {
        this.changed = changed;
    }

    open() {
        this.turn.onEnd(
            watchInbox((inbox) => {
                this.inbox = inbox;
                this.notify();
            })
        );
    }

    close() {
        this.turn.end();
    }

    get rows() {
        const { conversations } = this.inbox;
        return this.found
            ? this.found.conversations.map(
                  (row) => conversations.find(({ id }) => id === row.id) ?? row
              )
            : conversations;
    }

    search(searchTerm) {
        this.searchTerm = searchTerm;
        this.cancelSearch?.();
        this.cancelSearch = this.turn.after(SEARCH_DELAY, () =>
            this.find(null)
        );
    }

    /** Asks again at once for what could not be had. */
    reload() {
        return this.searchError ? this.find(null) : reload();
    }

    loadMore() {
        return this.found ? this.find(this.found.cursor) : loadMore();
    }

    async find(cursor) {
        const { searchTerm, found } = this;
        let news = { found: null, searchError: '' };
        if (searchTerm.trim()) {
            news = await this.fetch(searchTerm, cursor).catch((error) => ({
                found,
                searchError: reduceErrors(error)
            }));
        }
        // An answer to an older search term comes too late.
        if (searchTerm === this.searchTerm) {
            Object.assign(this, news);
            this.notify();
        }
    }

    async fetch(searchTerm, cursor) {
        const earlier = cursor ? this.found.conversations : [];
        const page = await getConversations({
            searchTerm,
            pageSize: PAGE_SIZE,
            cursor
        });
        const conversations = [...earlier, ...page.conversations];
        return { found: { ...page, conversations }, searchError: '' };
    }

    notify() {
        const { inbox, rows, searchTerm } = this;
        const errorMessage = this.searchError || inbox.errorMessage;
        if (!this.turn.isOver) {
            this.changed({
                rows,
                searchTerm,
                errorMessage,
                unread: inbox.unread,
                isUnreadCapped: inbox.isUnreadCapped,
                isDelayed: inbox.isDelayed,
                cursor: (this.found ?? inbox).cursor,
                isLoading: inbox.loading,
                isEmpty: !inbox.loading && !errorMessage && !rows.length
            });
        }
    }
}

/**
 * Opens the list of conversations. `changed` is told what there is to show;
 * the returned object has search(term), reload(), loadMore() and close().
 */
export function openConversationList(changed) {
    const listModel = new ConversationListModel(changed);
    listModel.open();
    return listModel;
}
