import { LightningElement, api } from 'lwc';
import { isHeadingLevel, oneOf } from 'lightning/normalization';

export default class Card extends LightningElement {
    @api hideHeader = false;
    @api iconName;
    @api title;
    hasFooter = true;
    hasTitle = true;
    heading;
    level;
    chosenVariant = 'base';

    @api get headingLevel() {
        return this.level;
    }

    set headingLevel(value) {
        if (isHeadingLevel(value)) {
            this.level = value;
        }
    }

    /** Names the card to those who hear it, where no title does. */
    @api get label() {
        return !this.hasTitle || this.hideHeader ? this.heading : null;
    }

    set label(value) {
        this.heading = value;
    }

    @api get variant() {
        return this.chosenVariant;
    }

    set variant(value) {
        this.chosenVariant = oneOf(value, ['narrow', 'base'], 'base');
    }

    get cardClass() {
        return this.variant === 'narrow' ? 'slds-card slds-card_narrow' : 'slds-card';
    }

    get showHeader() {
        return !this.hideHeader;
    }

    get isText() {
        return Boolean(this.title);
    }

    renderedCallback() {
        // As in the original, a card that begins without a title gets none later.
        const slot = (name) => this.template.querySelector(`slot[name=${name}]`);
        if (slot('footer')) {
            this.hasFooter = slot('footer').assignedElements().length > 0;
        }
        if (slot('title')) {
            this.hasTitle = slot('title').assignedElements().length > 0 || this.isText;
        }
    }
}
