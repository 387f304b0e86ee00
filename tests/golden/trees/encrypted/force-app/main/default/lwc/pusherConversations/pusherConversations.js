import { LightningElement } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { openDirectory } from 'c/pusherDirectory';
import { label } from 'c/pusherLabels';

const NavigatingElement = NavigationMixin(LightningElement);

/** All conversations of the user, newest first, with search. */
export default class PusherConversations extends NavigatingElement {
    label = label;
    list = { rows: [] };

    connectedCallback() {
        this.directory = openDirectory((list) => {
            this.list = list;
        });
    }

    disconnectedCallback() {
        this.directory.close();
    }

    handleSearch(event) {
        this.directory.search(event.detail.value);
    }

    handleMore() {
        this.directory.loadMore();
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
}
