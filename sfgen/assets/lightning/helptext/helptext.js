import { LightningElement, api } from 'lwc';
import { isIconName } from 'lightning/iconSprite';
import { oneOf } from 'lightning/normalization';

const TINTS = { error: 'slds-icon-text-error', warning: 'slds-icon-text-warning' };

export default class Helptext extends LightningElement {
    @api content;
    icon;
    tint = 'bare';
    spoken = 'Help';

    @api get alternativeText() {
        return this.spoken;
    }

    set alternativeText(value) {
        if (typeof value === 'string' && value.trim()) {
            this.spoken = value;
        }
    }

    @api get iconName() {
        return isIconName(this.icon) ? this.icon : 'utility:info';
    }

    set iconName(value) {
        this.icon = value;
    }

    @api get iconVariant() {
        return this.tint;
    }

    set iconVariant(value) {
        this.tint = oneOf(value, ['bare', 'error', 'inverse', 'warning'], 'bare');
    }

    @api focus() {
        this.template.querySelector('lightning-button-icon').focus();
    }

    get buttonVariant() {
        return this.tint === 'inverse' ? 'bare-inverse' : 'bare';
    }

    get iconClass() {
        return TINTS[this.tint] ?? '';
    }
}
