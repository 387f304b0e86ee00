import { LightningElement, api } from 'lwc';
import { aria, flag, oneOf } from 'lightning/normalization';

const VARIANTS = ['standard', 'label-hidden', 'label-inline', 'label-stacked'];
const MISSING = 'Complete this field.';

/** What the form components share: label, help, validity and focus. */
export default class FieldElement extends LightningElement {
    @api accessKey;
    @api fieldLevelHelp;
    @api label;
    @api messageWhenBadInput;
    @api messageWhenTooLong;
    @api messageWhenTooShort;
    @api messageWhenValueMissing;
    @api name;
    @api placeholder;
    isDisabled = false;
    isReadOnly = false;
    isRequired = false;
    spoken = null;
    chosenVariant = 'standard';
    error = '';
    customError = '';

    @api get ariaLabel() {
        return this.spoken;
    }

    set ariaLabel(value) {
        this.spoken = aria(value);
    }

    @api get disabled() {
        return this.isDisabled;
    }

    set disabled(value) {
        this.isDisabled = flag(value);
    }

    @api get readOnly() {
        return this.isReadOnly;
    }

    set readOnly(value) {
        this.isReadOnly = flag(value);
    }

    @api get required() {
        return this.isRequired;
    }

    set required(value) {
        this.isRequired = flag(value);
    }

    @api get variant() {
        return this.chosenVariant;
    }

    set variant(value) {
        this.chosenVariant = oneOf(value, VARIANTS, 'standard');
        this.classList.toggle('slds-form-element_horizontal', this.chosenVariant === 'label-inline');
        this.classList.toggle('slds-form-element_stacked', this.chosenVariant === 'label-stacked');
    }

    get help() {
        return this.fieldLevelHelp ? String(this.fieldLevelHelp) : '';
    }

    get control() {
        return this.template.querySelector('[data-control]');
    }

    connectedCallback() {
        this.classList.add('slds-form-element');
    }

    get labelClass() {
        return this.variant === 'label-hidden' ? 'slds-assistive-text' : 'slds-form-element__label';
    }

    @api get validity() {
        const state = this.control?.validity;
        return { valid: !this.reason(), valueMissing: Boolean(state?.valueMissing), customError: Boolean(this.customError) };
    }

    @api checkValidity() {
        return !this.reason();
    }

    @api reportValidity() {
        this.error = this.reason();
        this.classList.toggle('slds-has-error', Boolean(this.error));
        return !this.error;
    }

    @api setCustomValidity(message) {
        this.customError = message ?? '';
    }

    @api showHelpMessageIfInvalid() {
        this.reportValidity();
    }

    @api focus() {
        this.control?.focus();
    }

    @api blur() {
        this.control?.blur();
    }

    reason() {
        if (this.customError) {
            return this.customError;
        }
        const { control } = this;
        if (!control || control.validity.valid) {
            return '';
        }
        const { valueMissing, badInput, tooLong, tooShort } = control.validity;
        const own =
            (valueMissing && (this.messageWhenValueMissing || MISSING)) ||
            (badInput && this.messageWhenBadInput) ||
            (tooLong && this.messageWhenTooLong) ||
            (tooShort && this.messageWhenTooShort);
        return own || control.validationMessage;
    }

    announce(name, detail) {
        this.dispatchEvent(new CustomEvent(name, { bubbles: name === 'change', composed: name === 'change', detail }));
    }

    handleFocus() {
        this.dispatchEvent(new CustomEvent('focus'));
    }

    handleBlur() {
        this.reportValidity();
        this.dispatchEvent(new CustomEvent('blur'));
    }
}
