import { LightningElement, api } from 'lwc';
import CURRENCY from '@salesforce/i18n/currency';
import LOCALE from '@salesforce/i18n/locale';

export default class FormattedNumber extends LightningElement {
    @api currencyCode = CURRENCY;
    @api formatStyle = 'decimal';
    @api maximumFractionDigits;
    @api minimumFractionDigits;
    @api value;

    get text() {
        if (this.value === undefined || this.value === null || this.value === '') {
            return '';
        }
        const style = this.formatStyle.replace('-fixed', '');
        const options = { style };
        if (style === 'currency') {
            options.currency = this.currencyCode;
        }
        if (this.minimumFractionDigits !== undefined) {
            options.minimumFractionDigits = Number(this.minimumFractionDigits);
        }
        if (this.maximumFractionDigits !== undefined) {
            options.maximumFractionDigits = Number(this.maximumFractionDigits);
        }
        return new Intl.NumberFormat(LOCALE, options).format(Number(this.value));
    }
}
