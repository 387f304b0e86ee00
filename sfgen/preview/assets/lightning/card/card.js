import { LightningElement, api } from 'lwc';

export default class Card extends LightningElement {
    @api hideHeader = false;
    @api iconName;
    @api label;
    @api title;
    @api variant = 'base';
    hasFooter = false;

    get cardClass() {
        return this.variant === 'narrow' ? 'slds-card slds-card_narrow' : 'slds-card';
    }

    get heading() {
        return this.label || this.title;
    }

    get footerClass() {
        return this.hasFooter ? 'slds-card__footer' : '';
    }

    handleFooter(event) {
        this.hasFooter = event.target.assignedElements().length > 0;
    }
}
