import { LightningElement, api } from 'lwc';

/** What the form components share: label, help, validity and focus. */
export default class FieldElement extends LightningElement {
    @api accessKey;
    @api ariaLabel;
    @api disabled = false;
    @api fieldLevelHelp;
    @api label;
    @api messageWhenBadInput;
    @api messageWhenTooLong;
    @api messageWhenTooShort;
    @api messageWhenValueMissing = 'Complete this field.';
    @api name;
    @api placeholder;
    @api readOnly = false;
    @api required = false;
    @api variant = 'standard';
    error = '';
    customError = '';

    get control() {
        return this.template.querySelector('[data-control]');
    }

    get formClass() {
        return this.error ? 'slds-form-element slds-has-error' : 'slds-form-element';
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
            (valueMissing && this.messageWhenValueMissing) ||
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
