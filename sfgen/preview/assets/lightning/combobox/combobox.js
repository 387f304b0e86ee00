import { api } from 'lwc';
import FieldElement from 'lightning/fieldElement';

/** A plain select where the org draws a list box of its own. */
export default class Combobox extends FieldElement {
    @api dropdownAlignment;
    @api options = [];
    current = '';

    @api get value() {
        return this.current;
    }

    set value(value) {
        this.current = value ?? '';
    }

    get rows() {
        return (this.options ?? []).map(({ label, value }) => ({ label, value, selected: value === this.current }));
    }

    get prompt() {
        return this.placeholder ?? 'Select an Option';
    }

    handleChange(event) {
        event.stopPropagation();
        this.current = event.target.value;
        this.announce('change', { value: this.current });
    }
}
