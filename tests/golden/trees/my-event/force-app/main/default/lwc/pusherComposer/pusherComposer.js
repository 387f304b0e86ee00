import { LightningElement } from 'lwc';
import { label } from 'c/pusherLabels';

const LIMIT = 1600;

/**
 * The field for a new message; Enter sends, Shift and Enter breaks the line.
 * Fires `send` with the text.
 */
export default class PusherComposer extends LightningElement {
    body = '';
    label = label;
    limit = LIMIT;

    get charactersLeft() {
        return LIMIT - this.body.length;
    }

    get isEmpty() {
        return !this.body.trim();
    }

    handleInput(event) {
        this.body = event.target.value;
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
