import { Conversation } from 'c/pusherConversation';
import { reduceErrors } from 'c/pusherErrors';
import { label } from 'c/pusherLabels';
import getRecordConversation from '@salesforce/apex/PusherConversationsController.getRecordConversation';
import startConversation from '@salesforce/apex/PusherConversationsController.startConversation';

/** The chat with the person of a record, without a view. */
class Desk {
    state = {
        title: label.chatTitle,
        messages: [],
        firstUnread: 0,
        hasMore: false,
        isLoading: true,
        isOpen: false,
        canStart: false,
        isTyping: false,
        errorMessage: ''
    };

    constructor(recordId, changed) {
        this.recordId = recordId;
        this.changed = changed;
    }

    start() {
        return this.find(startConversation);
    }

    async loadEarlier() {
        try {
            await this.conversation.loadEarlier();
        } catch (error) {
            this.tell({ errorMessage: reduceErrors(error) });
        }
    }

    send(body) {
        return this.conversation.send(body);
    }

    retry(clientKey) {
        return this.conversation.retry(clientKey);
    }

    type() {
        this.conversation.type();
    }

    close() {
        this.isClosed = true;
        this.conversation?.close();
    }

    async find(getConversation) {
        this.tell({ isLoading: true, canStart: false });
        try {
            const found = await getConversation({ recordId: this.recordId });
            this.tell({ canStart: !found });
            if (found && !this.isClosed) {
                this.open(found);
            }
        } catch (error) {
            this.tell({ errorMessage: reduceErrors(error) });
        }
        this.tell({ isLoading: Boolean(this.conversation?.loading) });
    }

    open({ id, name }) {
        this.conversation = new Conversation(id, () => this.show());
        this.tell({ title: name });
        this.conversation.open();
    }

    show() {
        const { conversation } = this;
        this.tell({
            messages: conversation.rows,
            firstUnread: conversation.firstUnread,
            hasMore: conversation.hasMore,
            errorMessage: conversation.errorMessage,
            isLoading: conversation.loading,
            isTyping: conversation.isTyping,
            isOpen: !conversation.loading
        });
    }

    tell(changes) {
        this.state = { ...this.state, ...changes };
        if (!this.isClosed) {
            this.changed(this.state);
        }
    }
}

/**
 * Opens the chat of a record. `changed` is told what there is to show; the
 * returned object takes what the user does, and close().
 */
export function openRecord(recordId, changed) {
    const desk = new Desk(recordId, changed);
    desk.find(getRecordConversation);
    return desk;
}
