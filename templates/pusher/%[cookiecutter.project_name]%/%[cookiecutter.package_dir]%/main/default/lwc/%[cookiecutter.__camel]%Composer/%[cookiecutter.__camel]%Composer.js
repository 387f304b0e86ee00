import { LightningElement } from 'lwc';
import { label } from 'c/%[ cookiecutter.__camel ]%Labels';

const LIMIT = 1600;
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
    body = '';
    label = label;
    limit = LIMIT;
%{ if cookiecutter.__typing }%
    lastTyping = 0;
%{ endif }%

    get charactersLeft() {
        return LIMIT - this.body.length;
    }

    get isEmpty() {
        return !this.body.trim();
    }

    handleInput(event) {
        this.body = event.target.value;
%{ if cookiecutter.__typing }%
        if (Date.now() - this.lastTyping > TYPING_INTERVAL) {
            this.lastTyping = Date.now();
            this.dispatchEvent(new CustomEvent('typing'));
        }
%{ endif }%
    }

    handleKeydown(event) {
        if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
            event.preventDefault();
            this.handleSend();
        }
    }

    handleSend() {
        if (!this.isEmpty) {
            const detail = this.body.trim();
            this.body = '';
            this.refs.text.value = '';
            this.dispatchEvent(new CustomEvent('send', { detail }));
        }
    }
}
