/** Runs the action later; the returned function cancels it. */
export function after(milliseconds, action) {
    // The one place where this package waits: retries, limits and slow polling.
    // eslint-disable-next-line @lwc/lwc/no-async-operation
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
}

/** The promise's outcome, or an error when it takes too long. */
export function within(milliseconds, promise) {
    return new Promise((resolve, reject) => {
        const cancel = after(milliseconds, () =>
            reject(new Error('No answer came in time.'))
        );
        promise.then(resolve, reject).finally(cancel);
    });
}
