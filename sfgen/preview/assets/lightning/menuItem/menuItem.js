import { LightningElement, api } from 'lwc';

export default class MenuItem extends LightningElement {
    @api disabled = false;
    @api iconName;
    @api label;
    @api value;

    handleClick() {
        this.dispatchEvent(new CustomEvent('menuselect', { bubbles: true, composed: true, detail: { value: this.value } }));
    }
}
