(function () {
    'use strict';

    const bridge = window.PusherBridge;
    const { dataset } = document.body;
    const APP = 'Pusher';
    const VERSION = 1;

    /** The page's side of the bridge to the Lightning component around it. */
    class Page {
        constructor(origins) {
            this.origins = origins;
            this.nonce = '';
            this.calls = new Map();
            this.lastCall = 0;
        }

        open() {
            window.addEventListener('message', (event) =>
                this.handleMessage(event)
            );
            // Only the window that really has the origin gets the message.
            this.origins.forEach((origin) => this.post('ready', {}, origin));
        }

        handleMessage({ data, origin, source }) {
            const genuine =
                source === window.parent &&
                this.origins.includes(origin) &&
                data &&
                data.app === APP &&
                data.v === VERSION;
            if (!genuine) {
                return;
            }
            if (data.type === 'init' && !this.nonce) {
                this.start(data, origin);
            } else if (this.nonce && data.nonce === this.nonce) {
                this.receive(data);
            }
        }

        start(data, origin) {
            this.nonce = data.nonce;
            this.origin = origin;
            Promise.resolve(data)
                .then((settings) => this.connect(settings))
                .catch(() => this.fail('script'));
        }

        connect({ configuration }) {
            this.join(configuration);
        }

        /** Without all of its scripts the page can't do anything. */
        fail(reason) {
            this.post('failed', { reason }, this.origin);
        }

        join(configuration) {
            this.session = new bridge.Session(configuration, (envelope) =>
                this.post(envelope.type, envelope, this.origin)
            );
            this.session.open();
            this.post('started', {}, this.origin);
        }

        receive(data) {
            if (this.session) {
                this.session.receive(data);
            }
        }

        post(type, fields, origin) {
            const envelope = Object.assign({}, fields, {
                app: APP,
                v: VERSION,
                nonce: this.nonce,
                type
            });
            window.parent.postMessage(envelope, origin);
        }
    }

    new Page(JSON.parse(dataset.parentOrigins)).open();
})();
