import { api } from 'lwc';
import ButtonElement from 'lightning/buttonElement';
import { shown } from 'lightning/normalization';

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

export default class ButtonIcon extends ButtonElement {
    @api alternativeText;
    @api ariaPressed;
    @api iconClass;
    @api size;
    @api tooltipType = 'info';
    @api disableAlternativeTextTitle = false;
    tip;

    @api get tooltip() {
        return this.tip;
    }

    set tooltip(value) {
        this.tip = value || undefined;
    }

    get spoken() {
        return shown(this.alternativeText);
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

    get hint() {
        return this.tooltip || this.title || this.alternativeText;
    }
}
