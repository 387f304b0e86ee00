import { LightningElement, api } from 'lwc';

export default class Tabset extends LightningElement {
    @api variant = 'standard';
    tabs = [];
    active;

    @api get activeTabValue() {
        return this.active;
    }

    set activeTabValue(value) {
        this.show(value);
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
