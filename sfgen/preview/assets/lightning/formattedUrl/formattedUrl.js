import { LightningElement, api } from 'lwc';

export default class FormattedUrl extends LightningElement {
    @api label;
    @api target = '_self';
    @api tooltip;
    @api value;

    get address() {
        return /^[a-z]+:/i.test(this.value ?? '') ? this.value : `http://${this.value}`;
    }

    get text() {
        return this.label || this.value;
    }
}
