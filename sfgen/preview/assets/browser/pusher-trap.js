// Sends pusher-js to the local Pusher server without touching a byte of it or of the project:
// whatever becomes window.Pusher is constructed with the local host, port and transport.
(() => {
    'use strict';
    const { key, host, port, tls } = JSON.parse(document.currentScript.dataset.pusher);
    let current;

    function redirect(Pusher) {
        return new Proxy(Pusher, {
            construct(target, [appKey, options], newTarget) {
                const local = {
                    ...options,
                    wsHost: host,
                    wsPort: port,
                    wssPort: port,
                    forceTLS: tls,
                    enabledTransports: tls ? ['wss'] : ['ws']
                };
                return Reflect.construct(target, [key || appKey, local], newTarget === proxied ? target : newTarget);
            }
        });
    }

    let proxied;
    Object.defineProperty(window, 'Pusher', {
        configurable: true,
        enumerable: true,
        get: () => current,
        set: (value) => {
            proxied = typeof value === 'function' ? redirect(value) : value;
            current = proxied;
        }
    });
})();
