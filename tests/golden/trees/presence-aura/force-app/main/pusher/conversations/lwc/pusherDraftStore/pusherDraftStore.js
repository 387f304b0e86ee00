import { attempt } from 'c/pusherErrors';
import USER_ID from '@salesforce/user/Id';

/** What can't be stored lasts as long as the page. */
const unstored = new Map();

function keyOf(conversationId) {
    return `pusher-draft-${USER_ID}-${conversationId}`;
}

/** The text that the user has begun in a conversation, '' where there is none. */
export function readDraft(conversationId) {
    const key = keyOf(conversationId);
    // The browser may forbid sites to store anything, or have no room left.
    const stored = attempt(
        () => window.sessionStorage.getItem(key),
        () => null
    );
    return unstored.get(key) ?? stored ?? '';
}

/** Keeps a text that isn't sent yet, until the browser's tab is closed. */
export function keepDraft(conversationId, text) {
    const key = keyOf(conversationId);
    unstored.delete(key);
    attempt(
        () => {
            if (text) {
                window.sessionStorage.setItem(key, text);
            } else {
                window.sessionStorage.removeItem(key);
            }
        },
        () => unstored.set(key, text)
    );
}
