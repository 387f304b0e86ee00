/** Runs the action later; the returned function cancels it. */
export function after(milliseconds, action) {
    // The one place where this package waits: retries, limits and slow polling.
    // eslint-disable-next-line @lwc/lwc/no-async-operation
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
}
