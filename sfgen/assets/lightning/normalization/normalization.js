// What base components make of a value that they are given: the rules of Salesforce's published ones.

/** A text of a known few, whatever its case and the space around it; else the fallback. */
export function oneOf(value, known, fallback = '') {
    const plain = typeof value === 'string' ? value.trim().toLowerCase() : '';
    return known.includes(plain) ? plain : fallback;
}

/** A boolean attribute: every text is true, the empty one and "false" too. */
export function flag(value) {
    return typeof value === 'string' || Boolean(value);
}

/** A text without the space around it; what is no text is none. */
export function trimmed(value) {
    return typeof value === 'string' ? value.trim() : '';
}

/** An `aria-` attribute: `null` where nothing is said. */
export function aria(value) {
    const plain = typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : '';
    return plain || null;
}

/** A heading level from 1 to 6. */
export function isHeadingLevel(value) {
    return Number.isInteger(Number(value)) && Number(value) >= 1 && Number(value) <= 6 && typeof value !== 'boolean';
}

/** What a template shows: nothing for null, false and their like where the original asks first. */
export function shown(value) {
    return value ? String(value) : '';
}
