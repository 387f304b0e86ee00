import { LightningElement, api } from 'lwc';

export default class Tab extends LightningElement {
    @api iconName;
    @api label;
    @api title;
    @api value;
}
