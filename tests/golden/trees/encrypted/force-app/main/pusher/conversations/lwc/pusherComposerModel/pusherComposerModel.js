import { label } from 'c/pusherLabels';

const LIMIT = 1600;
const NEAR = 100;
const COMPOSING = 229;

function describeCount(charactersLeft) {
    if (charactersLeft < 0) {
        return label.format(label.charactersOver, -charactersLeft);
    }
    return charactersLeft <= NEAR
        ? label.format(label.charactersLeft, charactersLeft)
        : '';
}

/** How a text stands: whether it can be sent, and what is said of its length. */
export function describeText(text) {
    const body = text.trim();
    const charactersLeft = LIMIT - body.length;
    const isTooLong = charactersLeft < 0;
    return {
        body,
        charactersLeft,
        isTooLong,
        canSend: Boolean(body) && !isTooLong,
        countLabel: describeCount(charactersLeft)
    };
}

/**
 * Whether a key sends the text. The Enter that ends the composition of a word
 * doesn't; Safari tells of it by the key code alone.
 */
export function isSendKey({ key, shiftKey, isComposing, keyCode }) {
    return (
        key === 'Enter' && !shiftKey && !isComposing && keyCode !== COMPOSING
    );
}

/** Makes a field as high as its text; its style sheet says where that ends. */
export function growField(field) {
    field.style.height = 'auto';
    if (!field.scrollHeight) {
        // What isn't drawn has no height.
        return;
    }
    const border = field.offsetHeight - field.clientHeight;
    field.style.height = `${field.scrollHeight + border}px`;
}
