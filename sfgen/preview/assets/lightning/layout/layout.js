import { LightningElement, api } from 'lwc';

const ALIGN = { center: 'center', space: 'space', spread: 'spread', end: 'end' };

export default class Layout extends LightningElement {
    @api horizontalAlign;
    @api multipleRows = false;
    @api pullToBoundary;
    @api verticalAlign;

    connectedCallback() {
        this.classList.add('slds-grid');
        if (this.multipleRows) {
            this.classList.add('slds-wrap');
        }
        if (ALIGN[this.horizontalAlign]) {
            this.classList.add(`slds-grid_align-${ALIGN[this.horizontalAlign]}`);
        }
        if (['start', 'center', 'end'].includes(this.verticalAlign)) {
            this.classList.add(`slds-grid_vertical-align-${this.verticalAlign}`);
        }
    }
}
