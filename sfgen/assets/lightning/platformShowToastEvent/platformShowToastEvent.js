/** Shown by the preview's shell, which listens for the event as Lightning Experience does. */
export class ShowToastEvent extends CustomEvent {
    constructor({ title, message, messageData, variant = 'info', mode = 'dismissible' }) {
        super('lightning__showtoast', {
            bubbles: true,
            cancelable: true,
            composed: true,
            detail: { title, message, messageData, variant, mode }
        });
    }
}

export const ShowToastEventName = 'lightning__showtoast';
