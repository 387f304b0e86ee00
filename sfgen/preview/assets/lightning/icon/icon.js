import { LightningElement, api } from 'lwc';
import { isIconName, spriteAddress, iconClass } from 'lightning/iconSprite';

const SIZES = ['xx-small', 'x-small', 'small', 'medium', 'large'];

export default class Icon extends LightningElement {
    @api alternativeText;
    @api iconName;
    @api size = 'medium';
    @api src;
    @api title;
    @api variant;

    get shown() {
        return isIconName(this.iconName) || Boolean(this.src);
    }

    get address() {
        return this.src || spriteAddress(this.iconName);
    }

    get containerClass() {
        return iconClass(this.iconName);
    }

    get svgClass() {
        const classes = ['slds-icon'];
        if (this.iconName?.startsWith('utility:')) {
            const tint = { error: 'error', warning: 'warning', success: 'success' }[this.variant];
            if (this.variant !== 'inverse') {
                classes.push(`slds-icon-text-${tint ?? 'default'}`);
            }
        }
        if (SIZES.includes(this.size) && this.size !== 'medium') {
            classes.push(`slds-icon_${this.size}`);
        }
        return classes.join(' ');
    }
}
