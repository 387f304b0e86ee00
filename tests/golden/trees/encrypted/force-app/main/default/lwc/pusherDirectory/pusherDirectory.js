import { reduceErrors } from 'c/pusherErrors';
import { loadMore, watchInbox } from 'c/pusherInbox';
import { after } from 'c/pusherTimer';
import getConversations from '@salesforce/apex/PusherConversationsController.getConversations';

const PAGE_SIZE = 20;
const SEARCH_DELAY = 300;

/** The user's conversations, newest first, or those that were searched for. */
class Directory {
    inbox = { conversations: [], loading: true };
    found = null;
    searchTerm = '';
    searchError = '';

    constructor(changed) {
        this.changed = changed;
        this.stopWatching = watchInbox((inbox) => {
            this.inbox = inbox;
            this.tell();
        });
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
        this.cancelSearch = after(SEARCH_DELAY, () => this.find(null));
    }

    async loadMore() {
        try {
            await (this.found ? this.find(this.found.cursor) : loadMore());
        } catch (error) {
            this.searchError = reduceErrors(error);
            this.tell();
        }
    }

    close() {
        this.stopWatching();
        this.cancelSearch?.();
    }

    async find(cursor) {
        const { searchTerm } = this;
        this.searchError = '';
        try {
            this.found = searchTerm.trim()
                ? await this.fetch(searchTerm, cursor)
                : null;
        } catch (error) {
            this.searchError = reduceErrors(error);
        }
        this.tell();
    }

    async fetch(searchTerm, cursor) {
        const page = await getConversations({
            searchTerm,
            pageSize: PAGE_SIZE,
            cursor
        });
        const earlier = cursor ? this.found.conversations : [];
        // An answer to an older search term comes too late.
        return searchTerm === this.searchTerm
            ? { ...page, conversations: [...earlier, ...page.conversations] }
            : this.found;
    }

    tell() {
        const { inbox, rows, searchTerm } = this;
        const errorMessage = this.searchError || inbox.errorMessage;
        this.changed({
            rows,
            searchTerm,
            errorMessage,
            cursor: (this.found ?? inbox).cursor,
            isLoading: inbox.loading,
            isEmpty: !inbox.loading && !errorMessage && !rows.length
        });
    }
}

/**
 * Opens the list of conversations. `changed` is told what there is to show;
 * the returned object has search(term), loadMore() and close().
 */
export function openDirectory(changed) {
    return new Directory(changed);
}
