import { LightningElement } from 'lwc';
%{ if cookiecutter.__direct }%
import { loadScript } from 'lightning/platformResourceLoader';
%{ endif }%
import { offerHost, receive } from 'c/%[ cookiecutter.__camel ]%Channels';
import { loadConfiguration } from 'c/%[ cookiecutter.__camel ]%Configuration';
%{ if cookiecutter.__visualforce }%
%{ if cookiecutter.__authorized and not cookiecutter.__remoting }%
import { reduceErrors } from 'c/%[ cookiecutter.__camel ]%Errors';
%{ endif }%
import { label } from 'c/%[ cookiecutter.__camel ]%Labels';
import { after } from 'c/%[ cookiecutter.__camel ]%Timer';
%{ endif }%
%{ if cookiecutter.__authorizes }%
import authorizeChannel from '@salesforce/apex/%[ cookiecutter.prefix ]%BridgeController.authorizeChannel';
%{ elif cookiecutter.__bearer and not cookiecutter.__remoting }%
import getAccessToken from '@salesforce/apex/%[ cookiecutter.prefix ]%BridgeController.getAccessToken';
%{ endif }%
%{ if cookiecutter.__visualforce }%
import getBridge from '@salesforce/apex/%[ cookiecutter.prefix ]%BridgeHostController.getBridge';

const APP = '%[ cookiecutter.prefix ]%';
const VERSION = 1;
const HANDSHAKE_LIMIT = 15000;
const RELOAD_DELAY = 60000;

/** The frame around the page that holds the socket, outside Lightning's sandbox. */
export default class %[ cookiecutter.prefix ]%Bridge extends LightningElement {
    pageUrl;
    label = label;
%{ if cookiecutter.__authorizes }%
    calls = new Map([['authorizeChannel', authorizeChannel]]);
%{ elif cookiecutter.__bearer and not cookiecutter.__remoting }%
    calls = new Map([['getAccessToken', getAccessToken]]);
%{ endif }%

    connectedCallback() {
        this.withdraw = offerHost(this);
    }

    disconnectedCallback() {
        this.withdraw();
    }

    handleMessage = ({ data, origin, source }) => {
        const genuine =
            origin === this.pageOrigin &&
            source === this.refs.frame?.contentWindow &&
            data?.app === APP &&
            data.v === VERSION;
        if (!genuine) {
            return;
        }
        if (data.type === 'ready') {
            this.greet();
        } else if (data.nonce === this.nonce) {
            this.handle(data);
        }
    };

    open() {
        this.isOpen = true;
        window.addEventListener('message', this.handleMessage);
        this.show().catch(() => this.giveUp('apex'));
    }

    close() {
        window.removeEventListener('message', this.handleMessage);
        this.limit?.();
        this.isOpen = false;
        this.nonce = null;
        this.pageUrl = null;
    }

    send(envelope) {
        if (this.nonce) {
            this.post(envelope);
        } else if (envelope.type === 'resume') {
            this.reload();
        }
    }

    reload() {
        this.close();
        this.open();
    }

    /** Frames the page, once there are settings to connect with. */
    async show() {
        this.configuration = await loadConfiguration();
        const { status } = this.configuration;
        const { pageUrl, pageOrigin } = await getBridge();
        if (!this.isOpen) {
            return;
        }
        if (status === 'ready') {
            this.pageOrigin = pageOrigin;
            this.pageUrl = pageUrl;
            this.limit = after(HANDSHAKE_LIMIT, () => this.giveUp('bridge'));
        } else {
            this.tell(status === 'login' ? status : 'offline', status);
        }
    }

    greet() {
        this.nonce = window.crypto.randomUUID();
%{ if cookiecutter.__remoting }%
        this.post({ type: 'init' });
%{ else }%
        this.post({ type: 'init', configuration: this.configuration });
%{ endif }%
    }

    handle(data) {
        const { type } = data;
        if (type === 'started') {
            this.limit();
        }
%{ if cookiecutter.__remoting }%
        if (type === 'expired') {
            this.giveUp('session');
        } else {
            receive(data);
        }
    }
%{ elif cookiecutter.__authorized }%
        if (type === 'call') {
            this.relay(data);
        } else {
            receive(data);
        }
    }

    /** Asks Apex for the page, with the session of the user. */
    async relay({ id, method, parameters }) {
        const call = this.calls.get(method);
        try {
            const result = await call(parameters);
            this.post({ type: 'answer', id, result });
        } catch (error) {
            this.post({ type: 'answer', id, error: reduceErrors(error) });
        }
    }
%{ else }%
        receive(data);
    }
%{ endif }%

    tell(state, reason) {
        receive({ type: 'state', state, reason });
    }

    /** Says why there is no connection, and loads the page again later. */
    giveUp(reason) {
        this.close();
        this.tell('offline', reason);
        this.limit = after(RELOAD_DELAY, () => this.reload());
    }

    post(envelope) {
        const { nonce } = this;
        const whole = { ...envelope, app: APP, v: VERSION, nonce };
        // A sandbox may wrap objects, and a wrapped object can't be posted.
        const plain = JSON.parse(JSON.stringify(whole));
        this.refs.frame?.contentWindow?.postMessage(plain, this.pageOrigin);
    }
}
%{ else }%
import BRIDGE from '@salesforce/resourceUrl/%[ cookiecutter.prefix ]%Bridge';
import PUSHER_JS from '@salesforce/resourceUrl/%[ cookiecutter.prefix ]%Js';

const SCRIPTS = [
    `${PUSHER_JS}/%[ cookiecutter.__pusher_js ]%`,
    `${BRIDGE}/retry.js`,
%{ if cookiecutter.__bearer }%
    `${BRIDGE}/authorizer.js`,
%{ endif }%
    `${BRIDGE}/channels.js`,
    `${BRIDGE}/connection.js`,
    `${BRIDGE}/tabs.js`,
    `${BRIDGE}/session.js`
];

/** Loads pusher-js into Lightning and shares its connection with the tab. */
export default class %[ cookiecutter.prefix ]%Bridge extends LightningElement {
    connectedCallback() {
        this.withdraw = offerHost(this);
    }

    disconnectedCallback() {
        this.withdraw();
    }

    open() {
        this.isOpen = true;
        this.start().catch(() => this.tell('offline', 'script'));
    }

    close() {
        this.isOpen = false;
        this.session?.close();
        this.session = null;
    }

    send(envelope) {
        if (this.session) {
            this.session.receive(envelope);
        } else if (envelope.type === 'resume') {
            this.open();
        }
    }

    async start() {
        const configuration = await loadConfiguration();
        const { status } = configuration;
        if (status !== 'ready') {
            this.tell(status === 'login' ? status : 'offline', status);
            return;
        }
        for (const script of SCRIPTS) {
            // Each script builds on those before it.
            // eslint-disable-next-line no-await-in-loop
            await loadScript(this, script);
        }
        // Lightning Web Security hides the location from pusher-js' own way.
        window.Pusher.Runtime.getProtocol = () => window.location.protocol;
        if (this.isOpen) {
            this.session = this.createSession(configuration);
            this.session.open();
            receive({ type: 'started' });
        }
    }

    createSession(configuration) {
%{ if cookiecutter.__bearer }%
        const { Authorizer, Session } = window.%[ cookiecutter.prefix ]%Bridge;
        const authorizer = new Authorizer((renew) => getAccessToken({ renew }));
        return new Session(
            configuration,
            (socketId, channelName) =>
                authorizer.authorize(socketId, channelName),
            receive
        );
%{ elif cookiecutter.__authorized }%
        const { Session } = window.%[ cookiecutter.prefix ]%Bridge;
        return new Session(
            configuration,
            (socketId, channelName) =>
                authorizeChannel({ socketId, channelName }),
            receive
        );
%{ else }%
        const { Session } = window.%[ cookiecutter.prefix ]%Bridge;
        return new Session(configuration, receive);
%{ endif }%
    }

    tell(state, reason) {
        receive({ type: 'state', state, reason });
    }
}
%{ endif }%
