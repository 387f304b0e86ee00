import { LightningElement, api } from 'lwc';
import { spriteAddress } from 'lightning/iconSprite';
import { aria, flag } from 'lightning/normalization';

/** What buttons with and without a label share: attributes of their `<button>`, focus and click. */
export default class ButtonElement extends LightningElement {
    @api accessKey;
    @api ariaLabel;
    @api iconName;
    @api name;
    @api title;
    @api type = 'button';
    @api value;
    @api variant;
    @api groupOrder = '';
    expanded = null;
    isDisabled = false;

    @api get ariaExpanded() {
        return this.expanded;
    }

    set ariaExpanded(value) {
        this.expanded = aria(value);
    }

    @api get disabled() {
        return this.isDisabled;
    }

    set disabled(value) {
        this.isDisabled = flag(value);
    }

    @api focus() {
        this.template.querySelector('button').focus();
    }

    @api click() {
        this.template.querySelector('button').click();
    }

    get iconAddress() {
        return spriteAddress(this.iconName);
    }
}
