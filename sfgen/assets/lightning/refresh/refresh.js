export const REFRESH_COMPLETE = 'success';

export class RefreshEvent extends CustomEvent {
    constructor() {
        super('lightning__refreshview', { bubbles: true, composed: true });
    }
}

export function registerRefreshHandler(component, handler) {
    const listener = () => handler.call(component);
    document.addEventListener('lightning__refreshview', listener);
    return listener;
}

export function unregisterRefreshHandler(listener) {
    document.removeEventListener('lightning__refreshview', listener);
}
