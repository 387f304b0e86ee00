import { api } from 'lwc';
import FieldElement from 'lightning/fieldElement';

const BOOLEAN = ['checkbox', 'checkbox-button', 'toggle'];

export default class Input extends FieldElement {
    @api autocomplete;
    @api checked = false;
    @api formatter;
    @api isLoading = false;
    @api max;
    @api maxLength;
    @api messageToggleActive = 'Active';
    @api messageToggleInactive = 'Inactive';
    @api min;
    @api minLength;
    @api multiple = false;
    @api pattern;
    @api step;
    @api type = 'text';
    current = '';

    @api get value() {
        return this.current;
    }

    set value(value) {
        this.current = value ?? '';
    }

    get isToggle() {
        return this.type === 'toggle';
    }

    get isCheckbox() {
        return BOOLEAN.includes(this.type) && !this.isToggle;
    }

    get isText() {
        return !BOOLEAN.includes(this.type);
    }

    get isSearch() {
        return this.type === 'search';
    }

    get nativeType() {
        return this.type === 'datetime' ? 'datetime-local' : this.type;
    }

    get controlClass() {
        return this.isSearch ? 'slds-form-element__control slds-input-has-icon slds-input-has-icon_left' : 'slds-form-element__control';
    }

    handleInput(event) {
        event.stopPropagation();
        this.current = event.target.value;
        this.announce('change', { value: this.current });
    }

    handleCommit(event) {
        event.stopPropagation();
        this.dispatchEvent(new CustomEvent('commit'));
    }

    handleCheck(event) {
        event.stopPropagation();
        this.checked = event.target.checked;
        this.announce('change', { checked: this.checked });
    }
}
