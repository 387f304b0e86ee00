import { LightningElement, api } from 'lwc';
import LOCALE from '@salesforce/i18n/locale';
import TIME_ZONE from '@salesforce/i18n/timeZone';
import { flag, oneOf } from 'lightning/normalization';

const PARTS = ['day', 'era', 'hour', 'minute', 'month', 'second', 'timeZoneName', 'weekday', 'year'];
const STYLES = {
    short: { year: 'numeric', month: 'numeric', day: 'numeric' },
    medium: { year: 'numeric', month: 'short', day: 'numeric' },
    long: { year: 'numeric', month: 'long', day: 'numeric' }
};

export default class FormattedDateTime extends LightningElement {
    @api day;
    @api era;
    @api hour;
    @api minute;
    @api month;
    @api second;
    @api timeZone;
    @api timeZoneName;
    @api value;
    @api weekday;
    @api year;
    style = 'medium';
    twelve = false;
    isTwelveSaid = false;

    @api get dateStyle() {
        return this.style;
    }

    set dateStyle(value) {
        this.style = oneOf(value, ['short', 'medium', 'long'], 'medium');
    }

    @api get hour12() {
        return this.twelve;
    }

    /** As every boolean: the text "false" is true. */
    set hour12(value) {
        this.isTwelveSaid = value !== undefined;
        this.twelve = this.isTwelveSaid ? flag(value) : undefined;
    }

    /** ISO 8601, a timestamp, also as text, or a Date; anything else is shown as nothing. */
    get date() {
        const isKnown = ['string', 'number'].includes(typeof this.value) || this.value === false || this.value instanceof Date;
        const date = new Date(/^\d+$/.test(this.value) ? Number(this.value) : this.value);
        return !isKnown || this.value === '' || Number.isNaN(date.getTime()) ? null : date;
    }

    get machineText() {
        return this.date?.toISOString();
    }

    get text() {
        if (!this.date) {
            return '';
        }
        const options = { timeZone: this.timeZone || TIME_ZONE };
        let asked = false;
        for (const part of PARTS) {
            if (this[part] !== undefined) {
                options[part] = this[part];
                asked = true;
            }
        }
        if (!asked) {
            Object.assign(options, STYLES[this.style]);
        }
        if (this.isTwelveSaid) {
            options.hour12 = this.twelve;
        }
        return new Intl.DateTimeFormat(LOCALE, options).format(this.date);
    }
}
