import { LightningElement, api } from 'lwc';
import { describeRows } from 'c/pusherPreviewModel';

/** Conversations, one below the other. Fires `choose` with the id of one. */
export default class PusherConversationRows extends LightningElement {
    /** Conversations as the store gives them, newest first. */
    @api conversations = [];

    /** The id of the one that is open, e.g. 'a00000000000001AAA'. */
    @api chosenId;

    /** What the list is called, e.g. 'Conversations'. */
    @api listLabel;

    get rows() {
        return describeRows(this.conversations, this.chosenId);
    }

    handleChoose(event) {
        const { id } = event.currentTarget.dataset;
        this.dispatchEvent(new CustomEvent('choose', { detail: id }));
    }

    /** Puts the focus on a conversation, e.g. when its chat was closed. */
    @api focusRow(id) {
        this.template.querySelector(`button[data-id="${id}"]`)?.focus();
    }
}
