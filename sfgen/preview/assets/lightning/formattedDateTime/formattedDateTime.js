import { LightningElement, api } from 'lwc';
import LOCALE from '@salesforce/i18n/locale';
import TIME_ZONE from '@salesforce/i18n/timeZone';

const PARTS = ['day', 'era', 'hour', 'hour12', 'minute', 'month', 'second', 'timeZoneName', 'weekday', 'year'];

export default class FormattedDateTime extends LightningElement {
    @api day;
    @api era;
    @api hour;
    @api hour12;
    @api minute;
    @api month;
    @api second;
    @api timeZone;
    @api timeZoneName;
    @api value;
    @api weekday;
    @api year;

    get date() {
        const date = new Date(/^\d+$/.test(this.value) ? Number(this.value) : this.value);
        const empty = this.value === undefined || this.value === null || this.value === '';
        return empty || Number.isNaN(date.getTime()) ? null : date;
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
                options[part] = part === 'hour12' ? String(this[part]) === 'true' : this[part];
                asked = asked || part !== 'hour12';
            }
        }
        if (!asked) {
            Object.assign(options, { year: 'numeric', month: 'short', day: 'numeric' });
        }
        return new Intl.DateTimeFormat(LOCALE, options).format(this.date);
    }
}
