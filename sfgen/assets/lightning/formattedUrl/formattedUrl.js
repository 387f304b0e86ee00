import { LightningElement, api } from 'lwc';

export default class FormattedUrl extends LightningElement {
    @api label;
    @api target;
    @api tooltip;
    @api value;

    @api focus() {
        this.link?.focus();
    }

    @api blur() {
        this.link?.blur();
    }

    @api click() {
        this.link?.click();
    }

    get link() {
        return this.template.querySelector('a');
    }

    get hasValue() {
        return this.value !== undefined && this.value !== null && this.value !== '';
    }

    get address() {
        // `mailto:` and `javascript:` too are taken for hosts.
        return /^(?:[a-z]+:\/\/|[/.])/i.test(this.value) ? this.value : `http://${this.value}`;
    }

    get text() {
        return this.label === undefined || this.label === null || this.label === '' ? this.address : this.label;
    }
}
