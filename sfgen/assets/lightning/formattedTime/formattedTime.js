import { LightningElement, api } from 'lwc';
import LOCALE from '@salesforce/i18n/locale';

const TIME = /^([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?Z?$/;

/** A time with seconds and milliseconds, as it is read again. */
function complete(value) {
    const [time, milliseconds = ''] = value.replace('Z', '').split('.');
    return `${time.length < 8 ? `${time}:00` : time}.${milliseconds.padEnd(3, '0')}`;
}

export default class FormattedTime extends LightningElement {
    time = null;
    text = null;

    @api get value() {
        return this.time;
    }

    /** What is no time is shown as it stands, and is no value. */
    set value(value) {
        const time = typeof value === 'string' ? value.replace(/^.*T/, '') : '';
        const isTime = TIME.test(time);
        this.time = isTime ? complete(time) : null;
        this.text = value && !isTime ? String(value) : null;
        if (isTime) {
            const date = new Date(`1970-01-01T${this.time}Z`);
            this.text = new Intl.DateTimeFormat(LOCALE, { timeStyle: 'medium', timeZone: 'UTC' }).format(date);
        }
    }
}
