import { LightningElement } from 'lwc';
import { loadScript } from 'lightning/platformResourceLoader';
import { offerHost, receive } from 'c/pusherChannels';
import { loadConfiguration } from 'c/pusherConfiguration';
import { after } from 'c/pusherTimer';
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
const RELOAD_DELAY = 60000;

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
        const { Session } = window.PusherBridge;
        return new Session(
            configuration,
            (socketId, channelName) =>
                authorizeChannel({ socketId, channelName }),
            receive
        );
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
