import { LightningElement, api } from 'lwc';
import { openRecord } from 'c/%[ cookiecutter.__camel ]%Desk';
import { label } from 'c/%[ cookiecutter.__camel ]%Labels';

/** The chat with the person of the record, with its complete history. */
export default class %[ cookiecutter.prefix ]%Chat extends LightningElement {
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
%{ if cookiecutter.__typing }%

    handleTyping() {
        this.desk.type();
    }
%{ endif }%
}
