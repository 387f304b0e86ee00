import { LightningElement, api } from 'lwc';
import { flag } from 'lightning/normalization';

export default class Tab extends LightningElement {
    @api endIconAlternativeText;
    @api endIconName;
    @api iconAssistiveText;
    @api iconName;
    @api label;
    @api title;
    hasError = false;
    text;

    @api get showErrorIndicator() {
        return this.wasAsked ? this.hasError : undefined;
    }

    set showErrorIndicator(value) {
        this.wasAsked = true;
        this.hasError = flag(value);
    }

    @api get value() {
        return this.text;
    }

    set value(value) {
        this.text = String(value);
    }

    @api loadContent() {
        this.dispatchEvent(new CustomEvent('active'));
    }
}
