// Sends pusher-js to the local Pusher server without touching a byte of it or of the project:
// whatever becomes window.Pusher is constructed with the local host, port and transport.
(() => {
    'use strict';
    const script = document.currentScript;
    const { key, host, port, tls } = JSON.parse(script.dataset.pusher);
    let current;

    // A component may catch what the constructor throws; whoever looks at the page shall see it.
    function tell(error) {
        const detail = `new Pusher: ${error?.name ?? 'thrown'}: ${error?.message ?? error}`;
        script.dispatchEvent(new CustomEvent('pusherfailure', { detail }));
    }

    // A project may say once and for all that its pages come by https; the local server does not.
    function speakPlainly({ Runtime }) {
        try {
            if (!tls && Runtime.getProtocol() === 'https:') {
                Runtime.getProtocol = () => 'http:';
            }
        } catch {
            // It throws in Lightning Web Security, and so shall the constructor.
        }
    }

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
                speakPlainly(target);
                try {
                    return Reflect.construct(target, [key || appKey, local], newTarget === proxied ? target : newTarget);
                } catch (error) {
                    tell(error);
                    throw error;
                }
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
