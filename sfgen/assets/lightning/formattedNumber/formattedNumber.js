import { LightningElement, api } from 'lwc';
import CURRENCY from '@salesforce/i18n/currency';
import LOCALE from '@salesforce/i18n/locale';

const DIGITS = [
    'minimumIntegerDigits',
    'minimumFractionDigits',
    'maximumFractionDigits',
    'minimumSignificantDigits',
    'maximumSignificantDigits'
];

export default class FormattedNumber extends LightningElement {
    @api currencyCode;
    @api currencyDisplayAs = 'symbol';
    @api formatStyle = 'decimal';
    @api maximumFractionDigits;
    @api maximumSignificantDigits;
    @api minimumFractionDigits;
    @api minimumIntegerDigits;
    @api minimumSignificantDigits;
    @api value;

    get text() {
        const { value } = this;
        if (typeof value === 'boolean' || value instanceof Date) {
            return 'NaN';
        }
        if (Array.isArray(value) && !value.length) {
            return '0';
        }
        const isNumber = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
        if (!isNumber || Number.isNaN(Number(value))) {
            return '';
        }
        return this.write(Number(value));
    }

    write(number) {
        const isFixed = this.formatStyle === 'percent-fixed';
        const style = isFixed ? 'percent' : this.formatStyle;
        const options = { style };
        if (style === 'currency') {
            options.currency = this.currencyCode || CURRENCY;
            options.currencyDisplay = this.currencyDisplayAs || 'symbol';
        }
        for (const name of DIGITS) {
            if (this[name] !== undefined && this[name] !== null && this[name] !== '') {
                options[name] = Number(this[name]);
            }
        }
        return new Intl.NumberFormat(LOCALE, options).format(isFixed ? number / 100 : number);
    }
}
