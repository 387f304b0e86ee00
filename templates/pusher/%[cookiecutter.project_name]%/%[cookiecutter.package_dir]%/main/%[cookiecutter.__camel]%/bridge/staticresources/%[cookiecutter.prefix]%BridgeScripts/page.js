(function () {
    'use strict';

    const bridge = window.%[ cookiecutter.prefix ]%Bridge;
    const { dataset } = document.body;
    const APP = '%[ cookiecutter.prefix ]%';
    const VERSION = 1;

%{ if cookiecutter.__remoting }%
    /** Failures in a row after which the page asks to be loaded again. */
    const FAILURES = 2;

%{ endif }%
    /** The page's side of the bridge to the Lightning component around it. */
    class Page {
        constructor(origins) {
            this.origins = origins;
            this.nonce = '';
%{ if cookiecutter.__remoting }%
            this.failures = 0;
%{ else }%
            this.calls = new Map();
            this.lastCall = 0;
%{ endif }%
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

%{ if cookiecutter.__remoting }%
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
%{ elif cookiecutter.authorization == 'external' }%
        connect({ configuration }) {
            const authorizer = new bridge.Authorizer((renew) =>
                this.call('getAccessToken', { renew })
            );
            this.join(configuration, (socketId, channelName) =>
                authorizer.authorize(socketId, channelName)
            );
        }
%{ elif cookiecutter.__authorized }%
        connect({ configuration }) {
            this.join(configuration, (socketId, channelName) =>
                this.call('authorizeChannel', { socketId, channelName })
            );
        }
%{ else }%
        connect({ configuration }) {
            this.join(configuration);
        }
%{ endif }%

        /** Without all of its scripts the page can't do anything. */
        fail(reason) {
            this.post('failed', { reason }, this.origin);
        }

%{ if cookiecutter.__authorized }%
        join(configuration, authorize) {
            this.session = new bridge.Session(
                configuration,
                authorize,
                (envelope) => this.post(envelope.type, envelope, this.origin)
            );
            this.session.open();
            this.post('started', {}, this.origin);
        }
%{ else }%
        join(configuration) {
            this.session = new bridge.Session(configuration, (envelope) =>
                this.post(envelope.type, envelope, this.origin)
            );
            this.session.open();
            this.post('started', {}, this.origin);
        }
%{ endif }%

        receive(data) {
%{ if cookiecutter.__remoting or not cookiecutter.__authorized }%
            if (this.session) {
                this.session.receive(data);
            }
%{ else }%
            if (data.type === 'answer') {
                this.settle(data);
            } else if (this.session) {
                this.session.receive(data);
            }
%{ endif }%
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
%{ if cookiecutter.__remoting }%

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
%{ elif cookiecutter.__authorized }%

        /** Calls Apex through the component, which has the user's session. */
        call(method, parameters) {
            return new Promise((resolve, reject) => {
                this.lastCall += 1;
                this.calls.set(this.lastCall, { resolve, reject });
                const fields = { id: this.lastCall, method, parameters };
                this.post('call', fields, this.origin);
            });
        }

        settle({ id, result, error }) {
            const call = this.calls.get(id);
            if (call) {
                this.calls.delete(id);
                if (error) {
                    call.reject(new Error(error));
                } else {
                    call.resolve(result);
                }
            }
        }
%{ endif }%
    }

    new Page(JSON.parse(dataset.parentOrigins)).open();
})();
