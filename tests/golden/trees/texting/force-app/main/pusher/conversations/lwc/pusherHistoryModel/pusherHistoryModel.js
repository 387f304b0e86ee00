const GAP_LIMIT = 10000;
const RECENT = 60000;
const WINDOW = 200;
const WIDE = 1000;
const SLACK = 50;

/**
 * The stored messages of a conversation that a tab has: in order and each
 * once. The sequence numbers of the store decide. Of a long conversation it is a
 * window that ends at the newest message.
 */
export class HistoryModel {
    messages = [];

    /** Whether there are older messages in the store. */
    hasMore = false;

    /** Up to here nothing is missing. */
    reached = 0;

    /** Messages that were told of and haven't come, and since when. */
    expected = new Map();

    limit = WINDOW;

    /** The oldest message's sequence number. */
    get first() {
        return this.messages[0]?.sequence ?? 0;
    }

    /** The newest stored message's sequence number. */
    get last() {
        return this.messages.at(-1)?.sequence ?? 0;
    }

    /** After which message to fetch. */
    get from() {
        const missing = [...this.expected.keys()];
        return Math.min(this.reached, ...missing.map((one) => one - 1));
    }

    /** What can be shown without a gap. */
    get complete() {
        return Math.min(this.reached, this.last);
    }

    has(sequence) {
        return this.messages.some((row) => row.sequence === sequence);
    }

    /** Begins with the newest page. */
    begin({ messages, hasMore }) {
        this.messages = [];
        this.expected.clear();
        this.merge(messages);
        this.hasMore = hasMore;
        this.reached = this.last;
        this.expectRecent();
    }

    /** A number that is left out may come late; if it is old, it never will. */
    expectRecent() {
        const now = Date.now();
        this.messages.forEach(({ sequence, sentAt }, index) => {
            const before = this.messages[index - 1]?.sequence ?? sequence - 1;
            if (now - Date.parse(sentAt) < RECENT) {
                for (let one = before + 1; one < sequence; one += 1) {
                    this.expected.set(one, now);
                }
            }
        });
    }

    merge(messages) {
        const known = new Map(this.messages.map((row) => [row.id, row]));
        messages.forEach((row) => known.set(row.id, row));
        this.messages = [...known.values()].sort(
            (one, other) => one.sequence - other.sequence
        );
    }

    /** Puts an older page in front, and keeps that much from now on. */
    prepend({ messages, hasMore }) {
        this.merge(messages);
        this.hasMore = hasMore;
        this.limit = Math.max(this.limit, this.messages.length);
    }

    /** Keeps the newest messages only. */
    shrink() {
        this.limit = WINDOW;
        this.trim();
    }

    /** Whoever reads older messages keeps the place for long. */
    stay() {
        this.limit = Math.max(this.limit, WIDE);
    }

    trim() {
        if (this.messages.length > this.limit + SLACK) {
            this.messages = this.messages.slice(-this.limit);
            this.hasMore = true;
        }
    }

    /** Takes a message that was told of; returns whether it has to be fetched. */
    expect(sequence) {
        const isOlder = this.hasMore && sequence < this.first;
        const isKnown = this.has(sequence) || this.expected.has(sequence);
        if (isOlder || sequence < 1 || isKnown) {
            return false;
        }
        this.expected.set(sequence, Date.now());
        return true;
    }

    /** Takes a message of this tab; returns whether others came before it. */
    append(message) {
        const { sequence } = message;
        this.expected.delete(sequence);
        if (!this.messages.some(({ id }) => id === message.id)) {
            this.merge([message]);
        }
        if (sequence === this.reached + 1) {
            this.reached = sequence;
        }
        return sequence > this.reached;
    }

    /**
     * Moves on as far as nothing is missing; false where a message may come late.
     * What hasn't come in time never will: it was deleted, or made up.
     */
    advance(lastSequence) {
        const now = Date.now();
        this.climb();
        this.forget(now);
        const newest = Math.max(this.last, lastSequence);
        if (newest > this.reached) {
            this.gapSince = this.gapSince ?? now;
            if (Math.abs(now - this.gapSince) < GAP_LIMIT) {
                return false;
            }
            this.reached = newest;
        }
        this.gapSince = null;
        return !this.expected.size;
    }

    climb() {
        const numbers = new Set(this.messages.map(({ sequence }) => sequence));
        while (numbers.has(this.reached + 1)) {
            this.reached += 1;
            this.gapSince = null;
        }
    }

    forget(now) {
        this.expected.forEach((since, sequence) => {
            const isLate = Math.abs(now - since) >= GAP_LIMIT;
            if (isLate || this.has(sequence)) {
                this.expected.delete(sequence);
            }
        });
    }

    /** The first number that is left out, or what comes next. */
    findHole() {
        const index = this.messages.findIndex(
            ({ sequence }, place) => sequence !== this.first + place
        );
        return index < 0 ? this.last + 1 : this.first + index;
    }

    /** The first message whose delivery state may change, or what comes next. */
    findUnsettled(finalStates) {
        const message = this.messages.find(
            ({ direction, status }) =>
                direction === 'Outbound' && !finalStates.includes(status)
        );
        return message ? message.sequence : this.reached + 1;
    }
}
