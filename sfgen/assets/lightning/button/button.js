import { LightningElement, api } from 'lwc';
import { isIconName, spriteAddress } from 'lightning/iconSprite';
import { aria, flag } from 'lightning/normalization';

const VARIANTS = {
    base: '',
    brand: 'slds-button_brand',
    'brand-outline': 'slds-button_outline-brand',
    destructive: 'slds-button_destructive',
    'destructive-text': 'slds-button_text-destructive',
    inverse: 'slds-button_inverse',
    neutral: 'slds-button_neutral',
    success: 'slds-button_success'
};

export default class Button extends LightningElement {
    @api accessKey;
    @api ariaLabel;
    @api ariaControls;
    @api iconName;
    @api iconPosition = 'left';
    @api label;
    @api name;
    @api stretch = false;
    @api title;
    @api type = 'button';
    @api value;
    @api variant;
    @api groupOrder = '';
    expanded = null;
    isDisabled = false;
    isStill = false;

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

    @api get disableAnimation() {
        return this.isStill;
    }

    set disableAnimation(value) {
        this.isStill = flag(value);
    }

    @api focus() {
        this.template.querySelector('button').focus();
    }

    @api click() {
        this.template.querySelector('button').click();
    }

    get buttonClass() {
        const stretch = this.stretch ? 'slds-button_stretch' : '';
        return `slds-button ${VARIANTS[this.variant] ?? VARIANTS.neutral} ${stretch}`.trim();
    }

    get iconLeft() {
        return isIconName(this.iconName) && this.iconPosition !== 'right';
    }

    get iconRight() {
        return isIconName(this.iconName) && this.iconPosition === 'right';
    }

    get iconAddress() {
        return spriteAddress(this.iconName);
    }
}
