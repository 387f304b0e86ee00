import { api } from 'lwc';
import FieldElement from 'lightning/fieldElement';
import { flag, oneOf } from 'lightning/normalization';

const BOOLEAN = ['checkbox', 'checkbox-button', 'toggle'];
const TYPES = [
    ...BOOLEAN,
    'color',
    'date',
    'datetime',
    'datetime-local',
    'email',
    'file',
    'month',
    'number',
    'password',
    'range',
    'search',
    'tel',
    'text',
    'time',
    'url',
    'week'
];
const INPUT_MODES = ['none', 'text', 'decimal', 'numeric', 'tel', 'search', 'email', 'url'];

export default class Input extends FieldElement {
    @api accept;
    @api autocomplete;
    @api dateAccessKey;
    @api dateAriaControls;
    @api dateAriaDescribedBy;
    @api dateAriaDetails;
    @api dateAriaErrorMessage;
    @api dateAriaLabel;
    @api dateAriaLabelledBy;
    @api dateStyle;
    @api formatFractionDigits;
    @api formatter = 'decimal';
    @api max;
    @api maxLength;
    @api messageToggleActive = 'Active';
    @api messageToggleInactive = 'Inactive';
    @api messageWhenPatternMismatch;
    @api messageWhenRangeOverflow;
    @api messageWhenRangeUnderflow;
    @api messageWhenStepMismatch;
    @api messageWhenTypeMismatch;
    @api min;
    @api minLength;
    @api pattern;
    @api timeAccessKey;
    @api timeAriaControls;
    @api timeAriaDescribedBy;
    @api timeAriaDetails;
    @api timeAriaErrorMessage;
    @api timeAriaLabel;
    @api timeAriaLabelledBy;
    @api timeStepMinutes;
    @api timeStyle;
    current = '';
    isChecked = false;
    isMultiple = false;
    kind = 'text';
    loads = false;
    mode = '';
    stepText;
    zone;

    @api get checked() {
        return this.isChecked;
    }

    set checked(value) {
        this.isChecked = flag(value);
    }

    @api get files() {
        return this.kind === 'file' ? (this.control?.files ?? null) : null;
    }

    set files(value) {
        if (this.kind === 'file' && this.control && value) {
            this.control.files = value;
        }
    }

    @api get inputmode() {
        return this.mode;
    }

    set inputmode(value) {
        this.mode = oneOf(value, INPUT_MODES);
    }

    @api get isLoading() {
        return this.loads;
    }

    set isLoading(value) {
        this.loads = flag(value);
    }

    @api get multiple() {
        return this.isMultiple;
    }

    set multiple(value) {
        this.isMultiple = flag(value);
    }

    @api get selectionStart() {
        return this.control?.selectionStart;
    }

    set selectionStart(value) {
        this.select('selectionStart', value);
    }

    @api get selectionEnd() {
        return this.control?.selectionEnd;
    }

    set selectionEnd(value) {
        this.select('selectionEnd', value);
    }

    @api get step() {
        return this.stepText;
    }

    set step(value) {
        if (value === 'any' || value === undefined || value === '') {
            this.stepText = value;
            return;
        }
        const isNumber = value !== null && !Number.isNaN(Number(value));
        this.stepText = isNumber ? String(value) : undefined;
    }

    @api get timezone() {
        return this.zone || 'UTC';
    }

    set timezone(value) {
        this.zone = value;
    }

    @api get type() {
        return this.kind;
    }

    set type(value) {
        this.kind = oneOf(value, TYPES, 'text');
    }

    @api get value() {
        return this.current;
    }

    /** A number becomes its text, as in the control; what is neither is nothing. */
    set value(value) {
        const fits = typeof value === 'string' || typeof value === 'number';
        this.current = fits ? String(value) : '';
    }

    get nativeStep() {
        return this.stepText === 'true' || this.stepText === 'false' ? undefined : this.stepText;
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

    select(name, value) {
        const { control } = this;
        if (control && name in control && typeof value === 'number') {
            control[name] = value;
        }
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
