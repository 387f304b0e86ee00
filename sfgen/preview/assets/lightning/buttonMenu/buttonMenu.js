import { LightningElement, api } from 'lwc';

export default class ButtonMenu extends LightningElement {
    @api alternativeText = 'Show menu';
    @api disabled = false;
    @api iconName = 'utility:down';
    @api iconSize = 'medium';
    @api label = '';
    @api menuAlignment = 'left';
    @api variant = 'border';
    open = false;

    get dropdownClass() {
        return `slds-dropdown slds-dropdown_${this.menuAlignment === 'right' ? 'right' : 'left'}`;
    }

    get triggerClass() {
        const open = this.open ? 'slds-is-open' : '';
        return `slds-dropdown-trigger slds-dropdown-trigger_click ${open}`.trim();
    }

    get expanded() {
        return String(this.open);
    }

    handleToggle() {
        this.open = !this.open;
    }

    handleSelect(event) {
        this.open = false;
        this.dispatchEvent(new CustomEvent('select', { detail: { value: event.detail.value } }));
    }

    handleKey(event) {
        if (event.key === 'Escape') {
            this.open = false;
        }
    }
}
