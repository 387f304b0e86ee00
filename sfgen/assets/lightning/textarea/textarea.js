import { api } from 'lwc';
import FieldElement from 'lightning/fieldElement';

export default class Textarea extends FieldElement {
    @api autocomplete;
    @api maxLength;
    @api minLength;
    current;

    @api get value() {
        return this.current;
    }

    set value(value) {
        this.current = value === undefined ? undefined : value || '';
    }

    renderedCallback() {
        // A textarea's value is a property that its first text child only starts.
        const { control } = this;
        const text = String(this.current ?? '');
        if (control && control.value !== text) {
            control.value = text;
        }
    }

    @api setRangeText(text, start, end, mode) {
        this.control?.setRangeText(text, start, end, mode);
        this.current = this.control?.value ?? this.current;
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
}
