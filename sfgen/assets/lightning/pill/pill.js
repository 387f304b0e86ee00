import { LightningElement, api } from 'lwc';
import { flag, oneOf } from 'lightning/normalization';

export default class Pill extends LightningElement {
    @api label;
    @api name;
    address;
    chosenVariant = 'link';
    isBad = false;

    @api get hasError() {
        return this.isBad;
    }

    set hasError(value) {
        this.isBad = flag(value);
    }

    @api get href() {
        return this.address;
    }

    set href(value) {
        this.address = value ? absolute(value) : 'javascript:void(0)';
    }

    @api get isPlainLink() {
        return this.chosenVariant === 'plain' && Boolean(this.address);
    }

    set isPlainLink(value) {
        this.plain = value;
    }

    @api get variant() {
        return this.chosenVariant;
    }

    set variant(value) {
        this.chosenVariant = oneOf(value, ['link', 'plain', 'plainlink'], 'link');
    }

    @api focusLink() {
        this.template.querySelector('a')?.focus();
    }

    @api focusRemove() {
        this.template.querySelector('button')?.focus();
    }

    get isLink() {
        return this.address && this.chosenVariant !== 'plain';
    }

    get pillClass() {
        return this.isBad ? 'slds-pill slds-has-error' : 'slds-pill';
    }

    handleRemove(event) {
        event.stopPropagation();
        this.dispatchEvent(new CustomEvent('remove', { cancelable: true, detail: { name: this.name } }));
    }
}

function absolute(address) {
    return /^(?:[a-z]+:|[/#])/i.test(address.trim()) ? address : `http://${address}`;
}
