import { api } from 'lwc';
import FieldElement from 'lightning/fieldElement';
import { flag } from 'lightning/normalization';

/** A plain select where the org draws a list box of its own. */
export default class Combobox extends FieldElement {
    @api accessKey = '';
    @api autocomplete;
    @api dropdownAlignment = 'left';
    @api fieldLevelHelp = '';
    @api placeholder = 'Select an Option';
    @api value;
    choices = [];
    spins = false;

    @api get options() {
        return this.choices;
    }

    set options(value) {
        this.choices = Array.isArray(value) ? value : [];
    }

    @api get spinnerActive() {
        return this.spins;
    }

    set spinnerActive(value) {
        this.spins = flag(value);
    }

    get rows() {
        return this.options.map(({ label, value }) => ({ label, value, selected: value === this.value }));
    }

    get prompt() {
        return this.placeholder ?? '';
    }

    handleChange(event) {
        event.stopPropagation();
        this.value = event.target.value;
        this.announce('change', { value: this.value });
    }
}
