import { api } from 'lwc';
import FieldElement from 'lightning/fieldElement';

let groups = 0;

export default class RadioGroup extends FieldElement {
    @api accessKey = '';
    @api options;
    @api type = 'radio';
    @api value;
    group = `radio-group-${(groups += 1)}`;

    @api name = this.group;

    get rows() {
        return (Array.isArray(this.options) ? this.options : []).map(({ label, value }, index) => ({
            label,
            value,
            id: `option-${index}`,
            checked: value === this.value
        }));
    }

    handleChange(event) {
        event.stopPropagation();
        this.value = event.target.value;
        this.announce('change', { value: this.value });
    }
}
