import { LightningElement, api } from 'lwc';
import LOCALE from '@salesforce/i18n/locale';

export default class FormattedTime extends LightningElement {
    @api value;

    get text() {
        const date = new Date(`1970-01-01T${this.value ?? ''}`);
        if (Number.isNaN(date.getTime())) {
            return '';
        }
        return new Intl.DateTimeFormat(LOCALE, { timeStyle: 'short' }).format(date);
    }
}
