import { LightningElement, api } from 'lwc';
import { oneOf } from 'lightning/normalization';

const SIZES = ['xx-small', 'x-small', 'small', 'medium', 'large'];

export default class Spinner extends LightningElement {
    @api alternativeText;
    @api size = 'medium';
    @api variant;

    connectedCallback() {
        this.classList.add('slds-spinner_container');
    }

    get spinnerClass() {
        const variant = oneOf(this.variant, ['base', 'brand', 'inverse'], 'base');
        const size = oneOf(this.size, SIZES, 'medium');
        return `slds-spinner slds-spinner_${size} ${variant === 'base' ? '' : `slds-spinner_${variant}`}`.trim();
    }
}
