import { LightningElement, wire } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import {
    EnclosingUtilityId,
    updateUtility
} from 'lightning/platformUtilityBarApi';
import { listen } from 'c/pusherChannels';
import { loadConfiguration } from 'c/pusherConfiguration';
import { reduceErrors } from 'c/pusherErrors';
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
    lastEvent = '';

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
        this.listen();
    }

    disconnectedCallback() {
        this.stopWatching();
        this.stopListening?.();
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

    /** Any event of the public channel that isn't about a conversation. */
    async listen() {
        try {
            const { publicChannel } = await loadConfiguration();
            this.stopListening = listen(publicChannel, (envelope) =>
                this.note(envelope)
            );
        } catch (error) {
            this.errorMessage = reduceErrors(error);
        }
    }

    note({ type, event, conversationId }) {
        if (type === 'event' && !conversationId) {
            this.lastEvent = label.format(label.lastEvent, event);
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
