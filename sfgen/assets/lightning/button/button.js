import { api } from 'lwc';
import ButtonElement from 'lightning/buttonElement';
import { isIconName } from 'lightning/iconSprite';
import { flag } from 'lightning/normalization';

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

export default class Button extends ButtonElement {
    @api ariaControls;
    @api iconPosition = 'left';
    @api label;
    @api stretch = false;
    isStill = false;

    @api get disableAnimation() {
        return this.isStill;
    }

    set disableAnimation(value) {
        this.isStill = flag(value);
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
}
