import { LightningElement, api } from 'lwc';
import { isIconName } from 'lightning/iconSprite';

export default class Badge extends LightningElement {
    @api iconAlternativeText;
    @api iconName;
    @api iconPosition = 'start';
    @api label;

    connectedCallback() {
        this.classList.add('slds-badge');
    }

    get iconAtStart() {
        return isIconName(this.iconName) && this.iconPosition !== 'end';
    }

    get iconAtEnd() {
        return isIconName(this.iconName) && this.iconPosition === 'end';
    }
}
