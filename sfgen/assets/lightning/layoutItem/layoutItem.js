import { LightningElement, api } from 'lwc';
import { oneOf } from 'lightning/normalization';

const FLEXIBILITY = {
    auto: 'slds-col',
    grow: 'slds-grow',
    shrink: 'slds-shrink',
    'no-grow': 'slds-grow-none',
    'no-shrink': 'slds-shrink-none',
    'no-flex': 'slds-no-flex'
};
const SIZES = {
    size: 'slds-size_',
    smallDeviceSize: 'slds-small-size_',
    mediumDeviceSize: 'slds-medium-size_',
    largeDeviceSize: 'slds-large-size_'
};
const PADDINGS = ['small', 'medium', 'large'].flatMap((size) => [`horizontal-${size}`, `around-${size}`]);
const COLUMNS = 12;

function readSize(value) {
    if (value === null || value === undefined) {
        return value;
    }
    const size = Number.parseFloat(value);
    return Number.isNaN(size) ? null : Math.round(size);
}

/** As the original, it takes a text, or nothing; anything else throws. */
const lower = (value) => (value ? value.toLowerCase() : '');

function padding(value) {
    const [kind, size] = value.split('-');
    const sides = kind === 'horizontal' ? ['right', 'left'] : ['around'];
    return size ? sides.map((side) => `slds-p-${side}_${size}`) : [];
}

export default class LayoutItem extends LightningElement {
    chosen = {};
    flexes;
    pads;
    bump;
    applied = [];

    @api get alignmentBump() {
        return this.bump;
    }

    set alignmentBump(value) {
        this.bump = oneOf(lower(value), ['left', 'top', 'right', 'bottom']);
        this.apply();
    }

    @api get flexibility() {
        return this.flexes;
    }

    set flexibility(value) {
        const words = typeof value === 'string' ? value.split(',').map((one) => one.trim()) : [value].flat();
        if (words.includes('auto') && words.includes('no-flex')) {
            throw new Error('lightning-layout-item: `flexibility` is auto or no-flex, not both');
        }
        this.flexes = words.filter((word) => word in FLEXIBILITY);
        this.apply();
    }

    @api get padding() {
        return this.pads;
    }

    set padding(value) {
        this.pads = oneOf(lower(value), PADDINGS, ' ');
        this.apply();
    }

    @api get size() {
        return this.chosen.size;
    }

    set size(value) {
        this.takeSize('size', value);
    }

    @api get smallDeviceSize() {
        return this.chosen.smallDeviceSize;
    }

    set smallDeviceSize(value) {
        this.takeSize('smallDeviceSize', value);
    }

    @api get mediumDeviceSize() {
        return this.chosen.mediumDeviceSize;
    }

    set mediumDeviceSize(value) {
        this.takeSize('mediumDeviceSize', value);
    }

    @api get largeDeviceSize() {
        return this.chosen.largeDeviceSize;
    }

    set largeDeviceSize(value) {
        this.takeSize('largeDeviceSize', value);
    }

    connectedCallback() {
        this.isConnectedNow = true;
        this.apply();
    }

    takeSize(name, value) {
        this.chosen = { ...this.chosen, [name]: readSize(value) };
        const given = Object.entries(this.chosen).filter(([, size]) => size !== null && size !== undefined);
        for (const [key, size] of given) {
            if (size < 1 || size > COLUMNS) {
                throw new Error(`lightning-layout-item: \`${key}\` is a whole number from 1 to ${COLUMNS}`);
            }
        }
        if (given.length && !given.some(([key]) => key === 'size')) {
            throw new Error('lightning-layout-item: a size for some devices needs `size` too');
        }
        this.apply();
    }

    apply() {
        if (!this.isConnectedNow) {
            return;
        }
        const sizes = Object.entries(SIZES).filter(([name]) => this.chosen[name]);
        this.classList.remove(...this.applied);
        this.applied = [
            ...padding((this.pads ?? '').trim()),
            ...(this.flexes ?? []).map((word) => FLEXIBILITY[word]),
            ...sizes.map(([name, start]) => `${start}${this.chosen[name]}-of-${COLUMNS}`),
            ...(this.bump ? [`slds-col_bump-${this.bump}`] : [])
        ];
        this.classList.add(...this.applied);
    }
}
