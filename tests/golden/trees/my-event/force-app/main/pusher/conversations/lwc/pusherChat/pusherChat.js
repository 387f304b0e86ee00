import { LightningElement, api } from 'lwc';
import { label } from 'c/pusherLabels';

/** The chat with the person of the record, with its complete history. */
export default class PusherChat extends LightningElement {
    /** The record that the page shows, e.g. '003000000000001AAA'. */
    @api recordId;

    chat = {};

    get title() {
        return this.chat.title ?? label.chatTitle;
    }

    handleChange(event) {
        this.chat = event.detail;
    }
}
