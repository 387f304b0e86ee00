import { LightningElement, api } from 'lwc';
import LOCALE from '@salesforce/i18n/locale';

const STEPS = [
    ['second', 60],
    ['minute', 60],
    ['hour', 24],
    ['day', 30],
    ['month', 12],
    ['year', Infinity]
];
const REFRESH_MILLISECONDS = 30000;

export default class RelativeDateTime extends LightningElement {
    @api value;
    now = Date.now();
    timer;

    connectedCallback() {
        this.timer = setInterval(() => {
            this.now = Date.now();
        }, REFRESH_MILLISECONDS);
    }

    disconnectedCallback() {
        clearInterval(this.timer);
    }

    get text() {
        const date = new Date(this.value);
        if (!this.value || Number.isNaN(date.getTime())) {
            return '';
        }
        // A text that has just come is newer than the last tick.
        let amount = (date.getTime() - Math.max(this.now, Date.now())) / 1000;
        if (Math.abs(amount) < 45) {
            return amount > 0 ? 'in a few seconds' : 'a few seconds ago';
        }
        const format = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'always' });
        for (const [unit, size] of STEPS) {
            if (Math.abs(amount) < size) {
                return format.format(Math.round(amount), unit);
            }
            amount /= size;
        }
        return '';
    }
}
