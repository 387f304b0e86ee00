import { LightningElement, api } from 'lwc';
import { oneOf } from 'lightning/normalization';

const SIZES = ['x-small', 'small', 'medium', 'large'];

export default class ProgressBar extends LightningElement {
    @api value = 0;
    chosenSize = 'medium';
    chosenVariant = 'base';

    @api get size() {
        return this.chosenSize;
    }

    set size(value) {
        this.chosenSize = oneOf(value, SIZES, 'medium');
    }

    @api get variant() {
        return this.chosenVariant;
    }

    set variant(value) {
        this.chosenVariant = oneOf(value, ['base', 'circular'], 'base');
    }

    get barClass() {
        const circular = this.variant === 'circular' ? 'slds-progress-bar_circular' : '';
        return `slds-progress-bar slds-progress-bar_${this.size} ${circular}`.trim();
    }

    get amount() {
        const number = Number(this.value ?? 0);
        return Number.isNaN(number) && !Number.isNaN(this.value) ? number : Math.min(Math.max(number || 0, 0), 100);
    }

    get spoken() {
        return `Progress ${this.amount}%`;
    }

    get width() {
        return `width: ${this.amount || 0}%`;
    }
}
