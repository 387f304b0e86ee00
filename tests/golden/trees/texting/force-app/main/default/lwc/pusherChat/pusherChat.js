import { LightningElement, api } from 'lwc';
import { openRecord } from 'c/pusherDesk';
import { label } from 'c/pusherLabels';

/** The chat with the person of the record, with its complete history. */
export default class PusherChat extends LightningElement {
    /** The record that the page shows, e.g. '003000000000001AAA'. */
    @api recordId;

    label = label;
    chat = {};

    connectedCallback() {
        this.desk = openRecord(this.recordId, (chat) => {
            this.chat = chat;
        });
    }

    disconnectedCallback() {
        this.desk.close();
    }

    handleStart() {
        this.desk.start();
    }

    handleEarlier() {
        this.desk.loadEarlier();
    }

    handleRetry(event) {
        this.desk.retry(event.detail);
    }

    handleSend(event) {
        this.desk.send(event.detail);
    }

    handleTyping() {
        this.desk.type();
    }
}
