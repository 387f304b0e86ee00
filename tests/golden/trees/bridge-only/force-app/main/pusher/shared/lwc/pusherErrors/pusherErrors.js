import { label } from 'c/pusherLabels';

/** What browsers, and Lightning, say in their own words of a lost network. */
const AWAY =
    /failed to fetch|load failed|networkerror|appears to be offline|disconnected or cancell?ed/i;

function translate(message) {
    return AWAY.test(message) ? label.errorNetwork : message;
}

/** The sentences inside whatever Apex, a wire or JavaScript has thrown. */
export function reduceErrors(error) {
    const { body, message } = Object(error);
    if (Array.isArray(body)) {
        return body.map((part) => translate(part.message)).join(', ');
    }
    return translate(body?.message || message || String(error));
}

/** Returns what the action returns, or else what `otherwise` makes of its error. */
export function attempt(action, otherwise) {
    try {
        return action();
    } catch (error) {
        return otherwise(error);
    }
}
