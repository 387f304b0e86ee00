import { LightningElement, api } from 'lwc';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
// Up to so many milliseconds, a duration is said so; the words are those that an org shows.
const MONTH = (146_097 / 4_800) * DAY;

/** Says how long a time is, rounded as in an org: 45 seconds are "a minute". */
function sayLength(milliseconds) {
    const [seconds, minutes, hours, days] = [SECOND, MINUTE, HOUR, DAY].map((unit) => Math.round(milliseconds / unit));
    const months = Math.round(milliseconds / MONTH);
    const years = Math.round(milliseconds / (MONTH * 12));
    const words = [
        [seconds < 45, 'a few seconds'],
        [minutes <= 1, 'a minute'],
        [minutes < 45, `${minutes} minutes`],
        [hours <= 1, 'an hour'],
        [hours < 22, `${hours} hours`],
        [days <= 1, 'a day'],
        [days < 26, `${days} days`],
        [months <= 1, 'a month'],
        [months < 11, `${months} months`],
        [years <= 1, 'a year']
    ];
    return (words.find(([fits]) => fits) ?? [true, `${years} years`])[1];
}

/** A timestamp or a Date; a text that is no number, an ISO date too, is an invalid date. */
function sayRelative(value) {
    const timestamp = Number(value);
    if (!Number.isFinite(timestamp)) {
        return 'Invalid date';
    }
    const distance = timestamp - Date.now();
    const length = sayLength(Math.abs(distance));
    return distance > 0 ? `in ${length}` : `${length} ago`;
}

/** After so long what is said may be wrong. */
function validFor(value) {
    const distance = Math.abs(new Date(value).getTime() - Date.now());
    if (distance < HOUR) {
        return MINUTE;
    }
    return distance < DAY ? HOUR : DAY;
}

export default class RelativeDateTime extends LightningElement {
    given;
    text = '';
    timer;

    @api get value() {
        return this.given;
    }

    set value(value) {
        this.given = value;
        this.update();
    }

    renderedCallback() {
        clearTimeout(this.timer);
        if (this.text) {
            this.timer = setTimeout(() => this.update(), validFor(this.given));
        }
    }

    disconnectedCallback() {
        clearTimeout(this.timer);
    }

    update() {
        const isEmpty = this.given === undefined || this.given === null || this.given === '';
        const before = this.text;
        this.text = isEmpty ? '' : sayRelative(this.given);
        if (this.text && this.text === before) {
            clearTimeout(this.timer);
            this.timer = setTimeout(() => this.update(), validFor(this.given));
        }
    }
}
