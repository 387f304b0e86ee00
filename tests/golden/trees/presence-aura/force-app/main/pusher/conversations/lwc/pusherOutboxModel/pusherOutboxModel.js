import { announce } from 'c/pusherChannelService';
import { reduceErrors } from 'c/pusherErrors';
import { within } from 'c/pusherTimer';
import sendMessage from '@salesforce/apex/PusherConversationController.sendMessage';

const LIMIT = 60000;

const outboxes = new Map();

/**
 * Texts of a conversation on their way to the store: one after the other, each under
 * its key. Behind a text that failed the others wait, so that the order of writing is
 * kept. All chats of the tab with the conversation share it.
 */
class OutboxModel {
    rows = [];
    chats = new Set();

    constructor(conversationId) {
        this.conversationId = conversationId;
    }

    /**
     * A chat has show(), handleSent(message), and confirm(), which looks for what the
     * store has got. The returned function takes it out again.
     */
    join(chat) {
        this.chats.add(chat);
        return () => {
            this.chats.delete(chat);
            if (!this.chats.size && !this.rows.length) {
                outboxes.delete(this.conversationId);
            }
        };
    }

    show() {
        this.chats.forEach((chat) => chat.show());
    }

    /** Takes over what wasn't sent before the page was left, and keeps it there. */
    keepIn(unsent) {
        if (this.unsent) {
            return;
        }
        const own = new Set(this.rows.map(({ clientKey }) => clientKey));
        const left = unsent
            .list()
            .filter(({ clientKey }) => !own.has(clientKey));
        this.unsent = unsent;
        this.rows.forEach((row) => unsent.keep(row));
        if (left.length) {
            this.rows = [...left, ...this.rows].map((row) => ({
                ...row,
                status: row.status ?? 'Waiting'
            }));
            this.updateRow(left[0].clientKey, { status: 'Failed' });
        }
    }

    send(body) {
        const row = {
            clientKey: window.crypto.randomUUID(),
            direction: 'Outbound',
            body,
            status: this.isBlocked() ? 'Waiting' : 'Sending',
            sentAt: new Date().toISOString()
        };
        this.rows = [...this.rows, row];
        this.unsent?.keep(row);
        this.show();
        return this.pump();
    }

    /** Sends a text that failed, then those that wait behind it. */
    retry(clientKey) {
        if (this.rows[0]?.clientKey === clientKey) {
            this.updateRow(clientKey, { status: 'Sending', errorMessage: '' });
        }
        return this.pump();
    }

    /** Forgets a text that isn't on its way. */
    discard(clientKey) {
        const row = this.rows.find((one) => one.clientKey === clientKey);
        if (row && row.status !== 'Sending') {
            this.settle([row]);
        }
    }

    isBlocked() {
        return this.rows[0]?.status === 'Failed';
    }

    async pump() {
        if (this.isPumping) {
            return;
        }
        this.isPumping = true;
        while (this.rows.length && !this.isBlocked()) {
            // Each text is sent when the one before it is stored.
            // eslint-disable-next-line no-await-in-loop
            await this.submit(this.rows[0]);
        }
        this.isPumping = false;
    }

    async submit({ clientKey, body }) {
        this.updateRow(clientKey, { status: 'Sending' });
        try {
            await within(LIMIT, this.transmit(clientKey, body));
        } catch (error) {
            // Only the answer may have been lost.
            await Promise.all([...this.chats].map((chat) => chat.confirm()));
            const errorMessage = reduceErrors(error);
            this.updateRow(clientKey, { status: 'Failed', errorMessage });
            this.hold();
        }
    }

    async transmit(clientKey, body) {
        const { conversationId } = this;
        const message = await sendMessage({ conversationId, body, clientKey });
        announce(conversationId, message.sequence);
        this.settle([{ clientKey }]);
        this.chats.forEach((chat) => chat.handleSent(message));
    }

    /** What was written behind a text that failed waits. */
    hold() {
        if (this.isBlocked()) {
            this.rows
                .slice(1)
                .forEach((row) =>
                    this.updateRow(row.clientKey, { status: 'Waiting' })
                );
        }
    }

    /** Forgets what has arrived, and goes on with what waited for it. */
    settle(messages) {
        const keys = new Set(messages.map(({ clientKey }) => clientKey));
        const rest = this.rows.filter(({ clientKey }) => !keys.has(clientKey));
        this.unsent?.drop(keys);
        if (rest.length < this.rows.length) {
            this.rows = rest;
            this.show();
            this.pump();
        }
    }

    updateRow(clientKey, changes) {
        const change = (row) => ({ ...row, ...changes });
        this.rows = this.rows.map((row) => {
            const isOther = row.clientKey !== clientKey;
            return isOther ? row : change(row);
        });
        this.show();
    }
}

/** The outbox of a conversation. */
export function openOutbox(conversationId) {
    const outbox =
        outboxes.get(conversationId) ?? new OutboxModel(conversationId);
    outboxes.set(conversationId, outbox);
    return outbox;
}
