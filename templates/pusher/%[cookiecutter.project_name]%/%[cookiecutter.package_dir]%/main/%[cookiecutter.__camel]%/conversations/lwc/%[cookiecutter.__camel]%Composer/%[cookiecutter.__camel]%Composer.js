import { LightningElement, api } from 'lwc';
import { keepDraft, readDraft } from 'c/%[ cookiecutter.__camel ]%DraftStore';
import { label } from 'c/%[ cookiecutter.__camel ]%Labels';
%{ filter fit }%
import {
    describeText,
    growField,
    isSendKey
} from 'c/%[ cookiecutter.__camel ]%ComposerModel';
%{ endfilter }%
%{ if cookiecutter.__typing }%

const TYPING_INTERVAL = 3000;
%{ endif }%

/**
 * The field for a new message; Enter sends, Shift and Enter breaks the line.
%{ if cookiecutter.__typing }%
 * Fires `send` with the text, and `typing` at most every three seconds.
%{ else }%
 * Fires `send` with the text.
%{ endif }%
 */
export default class %[ cookiecutter.prefix ]%Composer extends LightningElement {
    key;
    text = '';
    label = label;
%{ if cookiecutter.__typing }%
    lastTyping = 0;
%{ endif }%

    /** What a text that isn't sent yet is kept under: its conversation. */
    @api
    get draftKey() {
        return this.key;
    }

    set draftKey(value) {
        this.key = value;
        this.text = readDraft(value);
    }

    get state() {
        return describeText(this.text);
    }

    get cannotSend() {
        return !this.state.canSend;
    }

    get countClass() {
        return this.state.isTooLong ? 'slds-text-color_error' : '';
    }

    renderedCallback() {
        const field = this.refs.text;
        // A text that was typed stands there already, with its caret.
        if (field.value !== this.text) {
            field.value = this.text;
        }
        growField(field);
    }

    handleInput(event) {
        this.write(event.target.value);
%{ if cookiecutter.__typing }%
        if (Date.now() - this.lastTyping > TYPING_INTERVAL) {
            this.lastTyping = Date.now();
            this.dispatchEvent(new CustomEvent('typing'));
        }
%{ endif }%
    }

    handleKeydown(event) {
        if (isSendKey(event)) {
            event.preventDefault();
            this.handleSend();
        }
    }

    handleSend() {
        const { body, canSend } = this.state;
        if (canSend) {
            this.write('');
            this.dispatchEvent(new CustomEvent('send', { detail: body }));
        }
        // A button that is disabled now would keep the focus from everybody.
        this.focus();
    }

    /** Puts the focus into the field. */
    @api focus() {
        this.refs.text.focus();
    }

    write(text) {
        this.text = text;
        keepDraft(this.draftKey, text);
    }
}
