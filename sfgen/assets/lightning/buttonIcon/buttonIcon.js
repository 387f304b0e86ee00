import { LightningElement, api } from 'lwc';
import { spriteAddress } from 'lightning/iconSprite';
import { aria, flag, shown } from 'lightning/normalization';

const VARIANTS = {
    bare: 'slds-button_icon-bare',
    'bare-inverse': 'slds-button_icon-inverse',
    border: 'slds-button_icon-border',
    'border-filled': 'slds-button_icon-border-filled',
    'border-inverse': 'slds-button_icon-border-inverse',
    brand: 'slds-button_icon-brand',
    container: 'slds-button_icon-container'
};
const SIZES = ['xx-small', 'x-small', 'small', 'large'];

export default class ButtonIcon extends LightningElement {
    @api accessKey;
    @api alternativeText;
    @api ariaPressed;
    @api ariaLabel;
    @api iconClass;
    @api iconName;
    @api name;
    @api size;
    @api title;
    @api type = 'button';
    @api value;
    @api variant;
    @api groupOrder = '';
    @api tooltipType = 'info';
    @api disableAlternativeTextTitle = false;
    expanded = null;
    isDisabled = false;
    tip;

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

    @api get tooltip() {
        return this.tip;
    }

    set tooltip(value) {
        this.tip = value || undefined;
    }

    get spoken() {
        return shown(this.alternativeText);
    }

    @api focus() {
        this.template.querySelector('button').focus();
    }

    @api click() {
        this.template.querySelector('button').click();
    }

    get buttonClass() {
        const bare = this.variant?.startsWith('bare');
        const size = SIZES.includes(this.size) && !bare ? `slds-button_icon-${this.size}` : '';
        const variant = VARIANTS[this.variant] ?? VARIANTS.border;
        return `slds-button slds-button_icon ${variant} ${size}`.trim();
    }

    get svgClass() {
        const bare = this.variant?.startsWith('bare');
        const size = SIZES.includes(this.size) && bare ? `slds-button__icon_${this.size}` : '';
        return `slds-button__icon ${size} ${this.iconClass ?? ''}`.trim();
    }

    get iconAddress() {
        return spriteAddress(this.iconName);
    }

    get hint() {
        return this.tooltip || this.title || this.alternativeText;
    }
}
