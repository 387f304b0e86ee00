import { LightningElement, api } from 'lwc';
import { Conversation } from 'c/pusherConversation';
import { reduceErrors } from 'c/pusherErrors';
import { label } from 'c/pusherLabels';
import getRecordConversation from '@salesforce/apex/PusherConversationsController.getRecordConversation';
import startConversation from '@salesforce/apex/PusherConversationsController.startConversation';

/** The chat with the person of the record, with its complete history. */
export default class PusherChat extends LightningElement {
    /** The record that the page shows, e.g. '003000000000001AAA'. */
    @api recordId;

    label = label;
    title = label.chatTitle;
    messages = [];
    isLoading = true;
    isOpen = false;
    canStart = false;
    hasMore = false;
    errorMessage = '';

    connectedCallback() {
        this.find(getRecordConversation);
    }

    disconnectedCallback() {
        this.conversation?.close();
        this.conversation = null;
    }

    handleStart() {
        this.find(startConversation);
    }

    async handleEarlier() {
        try {
            await this.conversation.loadEarlier();
        } catch (error) {
            this.errorMessage = reduceErrors(error);
        }
    }

    handleRetry(event) {
        this.conversation.retry(event.detail);
    }

    handleSend(event) {
        this.conversation.send(event.detail);
    }

    handleTyping() {
        this.conversation.type();
    }

    async find(getConversation) {
        this.isLoading = true;
        this.canStart = false;
        try {
            const found = await getConversation({ recordId: this.recordId });
            this.canStart = !found;
            if (found && this.isConnected) {
                this.open(found);
            }
        } catch (error) {
            this.errorMessage = reduceErrors(error);
        }
        this.isLoading = Boolean(this.conversation?.loading);
    }

    open({ id, name }) {
        this.title = name;
        this.conversation = new Conversation(id, () => this.show());
        this.conversation.open();
    }

    show() {
        const { conversation } = this;
        this.messages = conversation.rows;
        this.hasMore = conversation.hasMore;
        this.firstUnread = conversation.firstUnread;
        this.errorMessage = conversation.errorMessage;
        this.isLoading = conversation.loading;
        this.isOpen = !conversation.loading;
        this.isTyping = conversation.isTyping;
    }
}
