import { LightningElement } from 'lwc';
import { label } from 'c/pusherLabels';

const LIMIT = 1600;
const TYPING_INTERVAL = 3000;

/**
 * The field for a new message; Enter sends, Shift and Enter breaks the line.
 * Fires `send` with the text, and `typing` at most every three seconds.
 */
export default class PusherComposer extends LightningElement {
    body = '';
    label = label;
    limit = LIMIT;
    lastTyping = 0;

    get charactersLeft() {
        return LIMIT - this.body.length;
    }

    get isEmpty() {
        return !this.body.trim();
    }

    handleInput(event) {
        this.body = event.target.value;
        if (Date.now() - this.lastTyping > TYPING_INTERVAL) {
            this.lastTyping = Date.now();
            this.dispatchEvent(new CustomEvent('typing'));
        }
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
