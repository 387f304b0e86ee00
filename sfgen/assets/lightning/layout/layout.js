import { LightningElement, api } from 'lwc';
import { flag } from 'lightning/normalization';

/** Each attribute's values and the classes that they stand for. */
const RULES = {
    horizontalAlign: {
        center: 'slds-grid_align-center',
        space: 'slds-grid_align-space',
        spread: 'slds-grid_align-spread',
        end: 'slds-grid_align-end'
    },
    pullToBoundary: {
        small: 'slds-grid_pull-padded',
        medium: 'slds-grid_pull-padded-medium',
        large: 'slds-grid_pull-padded-large'
    },
    verticalAlign: {
        start: 'slds-grid_vertical-align-start',
        center: 'slds-grid_vertical-align-center',
        end: 'slds-grid_vertical-align-end',
        stretch: 'slds-grid_vertical-stretch'
    }
};

/** As the original, it takes a text, or nothing; anything else throws. */
function choose(name, value) {
    const plain = value ? value.trim().toLowerCase() : '';
    return plain in RULES[name] ? plain : ' ';
}

export default class Layout extends LightningElement {
    chosen = {};
    wraps = false;
    applied = [];

    @api get horizontalAlign() {
        return this.chosen.horizontalAlign;
    }

    set horizontalAlign(value) {
        this.take('horizontalAlign', choose('horizontalAlign', value));
    }

    @api get multipleRows() {
        return this.wraps;
    }

    set multipleRows(value) {
        this.wraps = flag(value);
        this.apply();
    }

    @api get pullToBoundary() {
        return this.chosen.pullToBoundary;
    }

    set pullToBoundary(value) {
        this.take('pullToBoundary', choose('pullToBoundary', value));
    }

    @api get verticalAlign() {
        return this.chosen.verticalAlign;
    }

    set verticalAlign(value) {
        this.take('verticalAlign', choose('verticalAlign', value));
    }

    connectedCallback() {
        this.isConnectedNow = true;
        this.apply();
    }

    take(name, value) {
        this.chosen = { ...this.chosen, [name]: value };
        this.apply();
    }

    apply() {
        if (!this.isConnectedNow) {
            return;
        }
        const rules = Object.entries(this.chosen).map(([name, value]) => RULES[name][value]);
        this.classList.remove(...this.applied);
        this.applied = ['slds-grid', this.wraps && 'slds-wrap', ...rules].filter(Boolean);
        this.classList.add(...this.applied);
    }
}
