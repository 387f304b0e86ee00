import { LightningElement, api } from 'lwc';
import { isIconName, spriteAddress, iconClass } from 'lightning/iconSprite';
import { oneOf } from 'lightning/normalization';

const SIZES = ['xx-small', 'x-small', 'small', 'medium', 'large'];
const VARIANTS = ['bare', 'error', 'inverse', 'warning', 'success'];
const TINTS = { bare: 'default', error: 'error', warning: 'warning', success: 'success' };

export default class Icon extends LightningElement {
    @api alternativeText;
    icon;
    address;
    applied = [];
    chosenSize = 'medium';
    asked;

    @api get iconName() {
        return this.icon;
    }

    set iconName(value) {
        this.icon = value;
        this.apply();
    }

    @api get size() {
        return this.chosenSize;
    }

    set size(value) {
        this.chosenSize = oneOf(value, SIZES, 'medium');
    }

    @api get src() {
        return this.address;
    }

    set src(value) {
        this.address = value;
    }

    @api get variant() {
        const isPlain = /^(?:utility|doctype):/.test(this.icon ?? '');
        return oneOf(this.asked, VARIANTS, isPlain ? 'bare' : 'inverse');
    }

    set variant(value) {
        this.asked = value;
    }

    connectedCallback() {
        this.isConnectedNow = true;
        this.apply();
    }

    get shown() {
        return isIconName(this.icon) || Boolean(this.src);
    }

    get drawn() {
        return this.src || spriteAddress(this.icon);
    }

    get spoken() {
        return this.alternativeText ? String(this.alternativeText) : '';
    }

    get svgClass() {
        const classes = ['slds-icon'];
        if (this.icon?.startsWith?.('utility:') && this.variant !== 'inverse') {
            classes.push(`slds-icon-text-${TINTS[this.variant]}`);
        }
        if (this.size !== 'medium') {
            classes.push(`slds-icon_${this.size}`);
        }
        return classes.join(' ');
    }

    apply() {
        if (!this.isConnectedNow) {
            return;
        }
        this.classList.remove(...this.applied);
        this.applied = iconClass(this.icon).split(' ');
        this.classList.add(...this.applied);
    }
}
