import { LightningElement } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { reduceErrors } from 'c/pusherErrors';
import { loadMore, watchInbox } from 'c/pusherInbox';
import { label } from 'c/pusherLabels';
import { after } from 'c/pusherTimer';
import getConversations from '@salesforce/apex/PusherConversationsController.getConversations';

const PAGE_SIZE = 20;
const SEARCH_DELAY = 300;

const NavigatingElement = NavigationMixin(LightningElement);

/** All conversations of the user, newest first, with search. */
export default class PusherConversations extends NavigatingElement {
    label = label;
    inbox = { conversations: [], loading: true };
    found = null;
    searchTerm = '';
    searchError = '';

    get rows() {
        const { conversations } = this.inbox;
        return this.found
            ? this.found.conversations.map(
                  (row) => conversations.find(({ id }) => id === row.id) ?? row
              )
            : conversations;
    }

    get cursor() {
        return (this.found ?? this.inbox).cursor;
    }

    get isLoading() {
        return this.inbox.loading;
    }

    get isEmpty() {
        return !this.isLoading && !this.errorMessage && !this.rows.length;
    }

    get errorMessage() {
        return this.searchError || this.inbox.errorMessage;
    }

    connectedCallback() {
        this.stopWatching = watchInbox((inbox) => {
            this.inbox = inbox;
        });
    }

    disconnectedCallback() {
        this.stopWatching();
        this.cancelSearch?.();
    }

    handleSearch(event) {
        this.searchTerm = event.detail.value;
        this.cancelSearch?.();
        this.cancelSearch = after(SEARCH_DELAY, () => this.search(null));
    }

    async handleMore() {
        try {
            await (this.found ? this.search(this.cursor) : loadMore());
        } catch (error) {
            this.searchError = reduceErrors(error);
        }
    }

    handleOpen(event) {
        this[NavigationMixin.Navigate]({
            type: 'standard__recordPage',
            attributes: {
                recordId: event.target.dataset.record,
                actionName: 'view'
            }
        });
    }

    async search(cursor) {
        const { searchTerm } = this;
        this.searchError = '';
        if (!searchTerm.trim()) {
            this.found = null;
            return;
        }
        try {
            const page = await getConversations({
                searchTerm,
                pageSize: PAGE_SIZE,
                cursor
            });
            const earlier = cursor ? this.found.conversations : [];
            // An answer to an older search term comes too late.
            if (searchTerm === this.searchTerm) {
                this.found = {
                    ...page,
                    conversations: [...earlier, ...page.conversations]
                };
            }
        } catch (error) {
            this.searchError = reduceErrors(error);
        }
    }
}
