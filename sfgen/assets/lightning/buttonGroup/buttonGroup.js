import { LightningElement } from 'lwc';

export default class ButtonGroup extends LightningElement {
    connectedCallback() {
        this.classList.add('slds-button-group');
        this.setAttribute('role', 'group');
    }
}
