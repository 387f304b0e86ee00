import USER_ID from '@salesforce/user/Id';

/** What can't be stored lasts as long as the page. */
const unstored = new Map();

function keyOf(conversationId) {
    return `%[ cookiecutter.__camel ]%-draft-${USER_ID}-${conversationId}`;
}

/** The text that the user has begun in a conversation, '' where there is none. */
export function readDraft(conversationId) {
    const key = keyOf(conversationId);
    try {
        return window.sessionStorage.getItem(key) ?? unstored.get(key) ?? '';
    } catch {
        // The browser may forbid sites to store anything.
        return unstored.get(key) ?? '';
    }
}

/** Keeps a text that isn't sent yet, until the browser's tab is closed. */
export function keepDraft(conversationId, text) {
    const key = keyOf(conversationId);
    unstored.delete(key);
    try {
        if (text) {
            window.sessionStorage.setItem(key, text);
        } else {
            window.sessionStorage.removeItem(key);
        }
    } catch {
        unstored.set(key, text);
    }
}
