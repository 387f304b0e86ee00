import { LightningElement, api } from 'lwc';

export default class LayoutItem extends LightningElement {
    @api flexibility;
    @api largeDeviceSize;
    @api mediumDeviceSize;
    @api padding;
    @api size;
    @api smallDeviceSize;

    connectedCallback() {
        const sizes = {
            'slds-size_': this.size,
            'slds-small-size_': this.smallDeviceSize,
            'slds-medium-size_': this.mediumDeviceSize,
            'slds-large-size_': this.largeDeviceSize
        };
        this.classList.add('slds-col');
        for (const [start, size] of Object.entries(sizes)) {
            if (size) {
                this.classList.add(`${start}${size}-of-12`);
            }
        }
        if (this.padding) {
            this.classList.add(`slds-p-${this.padding.replace('-', '_')}`);
        }
    }
}
