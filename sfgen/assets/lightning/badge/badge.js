import { LightningElement, api } from 'lwc';
import { isIconName } from 'lightning/iconSprite';
import { oneOf } from 'lightning/normalization';

export default class Badge extends LightningElement {
    @api iconAlternativeText;
    @api iconName;
    @api label;
    position = 'start';

    @api get iconPosition() {
        return this.position;
    }

    set iconPosition(value) {
        this.position = oneOf(value, ['start', 'end'], 'start');
    }

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
