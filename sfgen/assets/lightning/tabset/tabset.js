import { LightningElement, api } from 'lwc';
import { flag, isHeadingLevel, oneOf } from 'lightning/normalization';

export default class Tabset extends LightningElement {
    @api title;
    tabs = [];
    active;
    chosenVariant = 'standard';
    heading = null;
    isVisible = false;
    level = 2;

    @api get activeTabValue() {
        return this.tabs.length ? this.active : undefined;
    }

    set activeTabValue(value) {
        this.show(value);
    }

    @api get headingLabel() {
        return this.heading;
    }

    set headingLabel(value) {
        // As the original, it takes a text, or nothing; anything else throws.
        this.heading = value && value.trim() ? value : null;
    }

    @api get headingLevel() {
        return this.level;
    }

    set headingLevel(value) {
        this.level = isHeadingLevel(value) ? Number(value) : 2;
    }

    @api get headingVisible() {
        return this.isVisible;
    }

    set headingVisible(value) {
        this.isVisible = flag(value);
    }

    @api get variant() {
        return this.chosenVariant;
    }

    set variant(value) {
        this.chosenVariant = oneOf(value, ['standard', 'scoped', 'vertical'], 'standard');
    }

    @api focus() {
        this.template.querySelector('[tabindex="0"]')?.focus();
    }

    get rows() {
        return this.tabs.map(({ label, value }) => {
            const selected = value === this.active;
            return {
                label,
                value,
                selected: String(selected),
                tabIndex: selected ? 0 : -1,
                itemClass: selected ? 'slds-tabs_default__item slds-is-active' : 'slds-tabs_default__item'
            };
        });
    }

    handleTabs(event) {
        this.elements = event.target.assignedElements();
        this.tabs = this.elements.map(({ label, value }, index) => ({ label, value: value ?? `tab-${index}` }));
        this.show(this.active ?? this.tabs[0]?.value);
    }

    handleClick(event) {
        this.show(event.currentTarget.dataset.value);
    }

    show(value) {
        this.active = value;
        this.elements?.forEach((element, index) => {
            const shown = this.tabs[index]?.value === value;
            element.hidden = !shown;
            if (shown) {
                element.dispatchEvent(new CustomEvent('active'));
            }
        });
    }
}
