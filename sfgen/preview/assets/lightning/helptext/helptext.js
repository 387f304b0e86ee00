import { LightningElement, api } from 'lwc';

export default class Helptext extends LightningElement {
    @api content;
    @api iconName = 'utility:info';
}
