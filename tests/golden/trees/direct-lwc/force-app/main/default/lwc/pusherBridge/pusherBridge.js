import { LightningElement } from 'lwc';
import { loadScript } from 'lightning/platformResourceLoader';
import { offerHost, receive } from 'c/pusherChannels';
import { loadConfiguration } from 'c/pusherConfiguration';
import authorizeChannel from '@salesforce/apex/PusherBridgeController.authorizeChannel';
import BRIDGE from '@salesforce/resourceUrl/PusherBridge';
import PUSHER_JS from '@salesforce/resourceUrl/PusherJs';

const SCRIPTS = [
    `${PUSHER_JS}/pusher.min.js`,
    `${BRIDGE}/retry.js`,
    `${BRIDGE}/channels.js`,
    `${BRIDGE}/connection.js`,
    `${BRIDGE}/tabs.js`,
    `${BRIDGE}/session.js`
];

/** Loads pusher-js into Lightning and shares its connection with the tab. */
export default class PusherBridge extends LightningElement {
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
        const { Session } = window.PusherBridge;
        return new Session(
            configuration,
            (socketId, channelName) =>
                authorizeChannel({ socketId, channelName }),
            receive
        );
    }

    tell(state, reason) {
        receive({ type: 'state', state, reason });
    }
}
