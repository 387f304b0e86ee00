/** The sentences inside whatever Apex, a wire or JavaScript has thrown. */
export function reduceErrors(error) {
    const { body, message } = Object(error);
    if (Array.isArray(body)) {
        return body.map((part) => part.message).join(', ');
    }
    return body?.message || message || String(error);
}
