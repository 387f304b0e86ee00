import { LightningElement, api } from 'lwc';
import { keepDraft, readDraft } from 'c/pusherDraftStore';
import { label } from 'c/pusherLabels';
import { describeText, growField, isSendKey } from 'c/pusherComposerModel';

const TYPING_INTERVAL = 3000;

/**
 * The field for a new message; Enter sends, Shift and Enter breaks the line.
 * Fires `send` with the text, and `typing` at most every three seconds.
 */
export default class PusherComposer extends LightningElement {
    key;
    text = '';
    label = label;
    lastTyping = 0;

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
        if (Date.now() - this.lastTyping > TYPING_INTERVAL) {
            this.lastTyping = Date.now();
            this.dispatchEvent(new CustomEvent('typing'));
        }
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
