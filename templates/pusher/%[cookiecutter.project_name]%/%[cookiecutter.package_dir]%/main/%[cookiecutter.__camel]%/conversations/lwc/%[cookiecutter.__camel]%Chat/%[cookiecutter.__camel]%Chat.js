import { LightningElement, api } from 'lwc';
import { label } from 'c/%[ cookiecutter.__camel ]%Labels';

/** The chat with the person of the record, with its complete history. */
export default class %[ cookiecutter.prefix ]%Chat extends LightningElement {
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
