%{ if cookiecutter.__visualforce }%
import { LightningElement } from 'lwc';
import { offerFrame } from 'c/%[ cookiecutter.__camel ]%Frame';
import { label } from 'c/%[ cookiecutter.__camel ]%Labels';

/** The frame around the page that holds the socket, outside Lightning's sandbox. */
export default class %[ cookiecutter.prefix ]%Bridge extends LightningElement {
    pageUrl;
    label = label;

    connectedCallback() {
        this.withdraw = offerFrame({
            show: (pageUrl) => {
                this.pageUrl = pageUrl;
            },
            getWindow: () => this.refs.frame?.contentWindow
        });
    }

    disconnectedCallback() {
        this.withdraw();
    }
}
%{ else }%
import { LightningElement } from 'lwc';
import { loadScript } from 'lightning/platformResourceLoader';
import { offerHost, receive } from 'c/%[ cookiecutter.__camel ]%Channels';
import { loadConfiguration } from 'c/%[ cookiecutter.__camel ]%Configuration';
import { after } from 'c/%[ cookiecutter.__camel ]%Timer';
%{ if cookiecutter.__authorizes }%
import authorizeChannel from '@salesforce/apex/%[ cookiecutter.prefix ]%BridgeController.authorizeChannel';
%{ elif cookiecutter.__bearer }%
import getAccessToken from '@salesforce/apex/%[ cookiecutter.prefix ]%BridgeController.getAccessToken';
%{ endif }%
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
const RELOAD_DELAY = 60000;

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
        this.cancelReload?.();
        this.start().catch(() => this.giveUp('apex'));
    }

    close() {
        this.isOpen = false;
        this.cancelReload?.();
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
        if (status === 'ready') {
            await this.connect(configuration).catch(() =>
                this.giveUp('script')
            );
        } else {
            this.tell(status === 'login' ? status : 'offline', status);
        }
    }

    async connect(configuration) {
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

    /** Says why there is no connection, and tries again later. */
    giveUp(reason) {
        if (this.isOpen) {
            this.tell('offline', reason);
            this.cancelReload = after(RELOAD_DELAY, () => this.open());
        }
    }

    tell(state, reason) {
        receive({ type: 'state', state, reason });
    }
}
%{ endif }%
