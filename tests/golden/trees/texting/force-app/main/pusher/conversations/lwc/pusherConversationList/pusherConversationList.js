import { LightningElement } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { openConversationList } from 'c/pusherConversationListModel';
import { label } from 'c/pusherLabels';

const NavigatingElement = NavigationMixin(LightningElement);

/** All conversations of the user, newest first, with search; one stands open. */
export default class PusherConversationList extends NavigatingElement {
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
        this.listModel = openConversationList((list) => {
            this.list = list;
        });
    }

    disconnectedCallback() {
        this.listModel.close();
    }

    handleSearch(event) {
        this.listModel.search(event.detail.value);
    }

    handleRetry() {
        this.listModel.reload();
    }

    handleMore() {
        this.listModel.loadMore();
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
