import { LightningElement, api } from 'lwc';

export default class Spinner extends LightningElement {
    @api alternativeText = 'Loading';
    @api size = 'medium';
    @api variant = 'base';

    get spinnerClass() {
        const variant = this.variant === 'base' ? '' : `slds-spinner_${this.variant}`;
        return `slds-spinner slds-spinner_${this.size} ${variant}`.trim();
    }
}
