const GAP_CHECKS = 3;

/**
 * The stored messages of a conversation that a tab has: in order and each
 * once. The sequence numbers of the store decide.
 */
export class History {
    messages = [];

    /** Up to here nothing is missing. */
    reached = 0;

    /** The newest message that anybody told of. */
    target = 0;

    checks = 0;

    /** The newest stored message's sequence number. */
    get last() {
        return this.messages.at(-1)?.sequence ?? 0;
    }

    /** Begins with the newest page. */
    begin(messages) {
        this.merge(messages);
        this.reached = this.last;
    }

    merge(messages) {
        const known = new Map(this.messages.map((row) => [row.id, row]));
        messages.forEach((row) => known.set(row.id, row));
        this.messages = [...known.values()].sort(
            (one, other) => one.sequence - other.sequence
        );
    }

    /** Takes a message that was told of; returns whether it has to be fetched. */
    expect(sequence) {
        if (sequence <= this.target) {
            return false;
        }
        this.target = sequence;
        return sequence > this.reached;
    }

    /** Takes a message of this tab; returns whether others came before it. */
    append(message) {
        const { sequence } = message;
        this.target = Math.max(this.target, sequence);
        this.merge([message]);
        if (sequence === this.reached + 1) {
            this.reached = sequence;
        }
        return sequence > this.reached;
    }

    /** Moves on to the last message; false where one may come late. */
    advance() {
        const newer = this.messages.filter(
            ({ sequence }) => sequence > this.reached
        );
        const isWhole = newer.every(
            ({ sequence }, index) => sequence - index === this.reached + 1
        );
        if ((!isWhole || this.last < this.target) && this.checks < GAP_CHECKS) {
            this.checks += 1;
            return false;
        }
        this.checks = 0;
        this.reached = this.last;
        return true;
    }

    /** What comes before the first message whose delivery state may change. */
    beforeUnsettled() {
        const message = this.messages.find(
            ({ direction, status }) =>
                direction === 'Outbound' && status !== 'Read'
        );
        return message ? message.sequence - 1 : this.reached;
    }
}
