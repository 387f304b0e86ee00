(function () {
    'use strict';

    const bridge = window.PusherBridge;
    const { dataset } = document.body;
    const APP = 'Pusher';
    const VERSION = 1;

    /** Failures in a row after which the page asks to be loaded again. */
    const FAILURES = 2;

    /** The page's side of the bridge to the Lightning component around it. */
    class Page {
        constructor(origins) {
            this.origins = origins;
            this.nonce = '';
            this.failures = 0;
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

        connect() {
            const authorizer = new bridge.Authorizer((renew) =>
                this.call(dataset.getAccessToken, renew)
            );
            return this.call(dataset.getConfiguration).then(
                (configuration) =>
                    this.join(configuration, (socketId, channelName) =>
                        authorizer.authorize(socketId, channelName)
                    ),
                () => this.fail('apex')
            );
        }

        /** Without all of its scripts the page can't do anything. */
        fail(reason) {
            this.post('failed', { reason }, this.origin);
        }

        join(configuration, authorize) {
            this.session = new bridge.Session(
                configuration,
                authorize,
                (envelope) => this.post(envelope.type, envelope, this.origin)
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

        /** Calls Apex from here, so that the token never leaves this page. */
        call(action, ...parameters) {
            return new Promise((resolve, reject) => {
                window.Visualforce.remoting.Manager.invokeAction(
                    action,
                    ...parameters,
                    (result, event) => {
                        if (event.status) {
                            this.failures = 0;
                            resolve(result);
                        } else {
                            this.recordFailure();
                            reject(new Error(event.message));
                        }
                    },
                    { buffer: false, escape: false }
                );
            });
        }

        /** Remoting ends with the session this page was loaded in. */
        recordFailure() {
            this.failures += 1;
            if (this.failures >= FAILURES) {
                this.post('expired', {}, this.origin);
            }
        }
    }

    new Page(JSON.parse(dataset.parentOrigins)).open();
})();
