import { LightningElement, wire } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import {
    EnclosingUtilityId,
    updateUtility
} from 'lightning/platformUtilityBarApi';
import { watchInbox } from 'c/pusherInbox';
import { label } from 'c/pusherLabels';

const NavigatingElement = NavigationMixin(LightningElement);

/** The utility bar's item: how many texts are unread, and from whom. */
export default class PusherNotifications extends NavigatingElement {
    label = label;
    conversations = [];
    unread = 0;
    isLoading = true;
    errorMessage = '';

    @wire(EnclosingUtilityId)
    handleUtility(utilityId) {
        this.utilityId = utilityId;
        this.highlight();
    }

    get unreadLabel() {
        if (this.unread) {
            return label.format(label.unreadMessages, this.unread);
        }
        // Nobody knows before the first answer, or after an error.
        return this.isLoading || this.errorMessage
            ? ''
            : label.noUnreadMessages;
    }

    connectedCallback() {
        this.stopWatching = watchInbox((inbox) => this.show(inbox));
    }

    disconnectedCallback() {
        this.stopWatching();
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

    show({ conversations, unread, loading, errorMessage }) {
        this.conversations = conversations.filter((row) => row.unread > 0);
        this.isLoading = loading;
        this.errorMessage = errorMessage;
        if (this.unread !== unread) {
            this.unread = unread;
            this.highlight();
        }
    }

    highlight() {
        if (this.utilityId) {
            updateUtility(this.utilityId, {
                label: this.unread
                    ? label.format(label.utilityUnread, this.unread)
                    : label.utility,
                highlighted: this.unread > 0
            });
        }
    }
}
