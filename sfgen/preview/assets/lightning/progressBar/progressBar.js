import { LightningElement, api } from 'lwc';

export default class ProgressBar extends LightningElement {
    @api size = 'medium';
    @api value = 0;
    @api variant = 'base';

    get barClass() {
        const circular = this.variant === 'circular' ? 'slds-progress-bar_circular' : '';
        return `slds-progress-bar slds-progress-bar_${this.size} ${circular}`.trim();
    }

    get width() {
        return `width: ${Math.min(Math.max(Number(this.value) || 0, 0), 100)}%`;
    }
}
