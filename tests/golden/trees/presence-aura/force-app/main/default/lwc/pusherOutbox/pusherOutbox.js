import { reduceErrors } from 'c/pusherErrors';

/** Texts on their way to the store: one after the other, each under its key. */
export class Outbox {
    rows = [];
    sending = Promise.resolve();

    /** transmit(row) stores a text; `changed` is called after every change. */
    constructor(transmit, changed) {
        this.transmit = transmit;
        this.changed = changed;
    }

    send(body) {
        const row = {
            clientKey: window.crypto.randomUUID(),
            direction: 'Outbound',
            body,
            status: 'Sending',
            sentAt: new Date().toISOString()
        };
        this.rows = [...this.rows, row];
        return this.submit(row);
    }

    retry(clientKey) {
        const row = this.rows.find((one) => one.clientKey === clientKey);
        return this.submit({ ...row, status: 'Sending', errorMessage: '' });
    }

    /** One after the other, so that the order of writing is kept. */
    submit(row) {
        this.replace(row);
        this.sending = this.sending
            .then(() => this.transmit(row))
            .catch((error) =>
                this.replace({
                    ...row,
                    status: 'Failed',
                    errorMessage: reduceErrors(error)
                })
            );
        return this.sending;
    }

    /** Forgets what has arrived. */
    settle(messages) {
        const keys = new Set(messages.map(({ clientKey }) => clientKey));
        this.rows = this.rows.filter(({ clientKey }) => !keys.has(clientKey));
    }

    replace(row) {
        const newer = { [row.clientKey]: row };
        this.rows = this.rows.map((one) => newer[one.clientKey] ?? one);
        this.changed();
    }
}
