import { attempt } from 'c/pusherErrors';

const KEY = 'PusherUnsent';
const kept = new Map();

/** The tab's own storage; where it is denied or full, what this page remembers. */
function read(name) {
    const stored = attempt(
        () => window.sessionStorage.getItem(name),
        () => null
    );
    return kept.get(name) ?? stored ?? '[]';
}

function write(name, rows) {
    const text = JSON.stringify(rows);
    kept.delete(name);
    attempt(
        () => {
            if (rows.length) {
                window.sessionStorage.setItem(name, text);
            } else {
                window.sessionStorage.removeItem(name);
            }
        },
        () => kept.set(name, text)
    );
}

/**
 * Texts of one user in one conversation that the store hasn't got yet. They outlive
 * the page, and are gone with the tab.
 */
export class UnsentStore {
    constructor(userId, conversationId) {
        this.name = `${KEY}:${userId}:${conversationId}`;
    }

    /** The texts, in the order of writing. */
    list() {
        return attempt(
            () => JSON.parse(read(this.name)),
            () => []
        );
    }

    keep({ clientKey, direction, body, sentAt }) {
        const others = this.list().filter((row) => row.clientKey !== clientKey);
        write(this.name, [...others, { clientKey, direction, body, sentAt }]);
    }

    drop(clientKeys) {
        const rows = this.list();
        const rest = rows.filter(({ clientKey }) => !clientKeys.has(clientKey));
        if (rest.length < rows.length) {
            write(this.name, rest);
        }
    }
}
