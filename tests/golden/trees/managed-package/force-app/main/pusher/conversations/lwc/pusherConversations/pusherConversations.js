import { LightningElement } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { openDirectory } from 'c/pusherDirectory';
import { label } from 'c/pusherLabels';

const NavigatingElement = NavigationMixin(LightningElement);

/** All conversations of the user, newest first, with search; one stands open. */
export default class PusherConversations extends NavigatingElement {
    label = label;
    list = { rows: [] };
    chosen = null;

    get chosenId() {
        return this.chosen?.id;
    }

    get hasRows() {
        return this.list.rows.length > 0;
    }

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

    handleRetry() {
        this.directory.tryAgain();
    }

    handleMore() {
        this.directory.loadMore();
    }

    handleChoose(event) {
        this.chosen = this.list.rows.find(({ id }) => id === event.detail);
    }

    handleClose() {
        this.refs.rows.focusRow(this.chosenId);
        this.chosen = null;
    }

    handleRecord() {
        this[NavigationMixin.Navigate]({
            type: 'standard__recordPage',
            attributes: {
                recordId: this.chosen.recordId,
                actionName: 'view'
            }
        });
    }
}
