import { LightningElement, wire } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import {
    EnclosingUtilityId,
    updateUtility
} from 'lightning/platformUtilityBarApi';
import { label } from 'c/pusherLabels';
import {
    loadMoreNotifications,
    reloadNotifications,
    watchNotifications
} from 'c/pusherNotificationsModel';

const NavigatingElement = NavigationMixin(LightningElement);

/** The utility bar's item: what is unread and from whom, and one chat at a time. */
export default class PusherNotifications extends NavigatingElement {
    label = label;
    notifications = { conversations: [] };
    chosen = null;

    @wire(EnclosingUtilityId)
    handleUtility(utilityId) {
        this.utilityId = utilityId;
        this.highlight();
    }

    connectedCallback() {
        this.stopWatching = watchNotifications((notifications) =>
            this.show(notifications)
        );
    }

    disconnectedCallback() {
        this.stopWatching();
    }

    renderedCallback() {
        if (this.lastChosenId && !this.chosen) {
            this.refs.rows.focusRow(this.lastChosenId);
            this.lastChosenId = '';
        }
    }

    handleChoose(event) {
        const { conversations } = this.notifications;
        this.chosen = conversations.find(({ id }) => id === event.detail);
    }

    handleClose() {
        this.lastChosenId = this.chosen.id;
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

    handleRetry() {
        reloadNotifications();
    }

    handleMore() {
        loadMoreNotifications();
    }

    show(notifications) {
        const isOther =
            notifications.utilityLabel !== this.notifications.utilityLabel;
        this.notifications = notifications;
        if (isOther) {
            this.highlight();
        }
    }

    highlight() {
        if (this.utilityId) {
            updateUtility(this.utilityId, {
                label: this.notifications.utilityLabel,
                highlighted: this.notifications.unread > 0
            });
        }
    }
}
