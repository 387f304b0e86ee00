import { LightningElement, api } from 'lwc';

export default class Pill extends LightningElement {
    @api label;
    @api name;

    handleRemove(event) {
        event.stopPropagation();
        this.dispatchEvent(new CustomEvent('remove', { cancelable: true, detail: { name: this.name } }));
    }
}
