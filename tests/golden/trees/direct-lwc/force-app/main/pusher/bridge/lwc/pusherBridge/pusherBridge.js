import { LightningElement } from 'lwc';
import { loadScript } from 'lightning/platformResourceLoader';
import { offerHost, receive } from 'c/pusherChannelService';
import {
    forgetConfiguration,
    loadConfiguration
} from 'c/pusherConfigurationService';
import { Turn } from 'c/pusherTurn';
import authorizeChannel from '@salesforce/apex/PusherBridgeController.authorizeChannel';
import BRIDGE from '@salesforce/resourceUrl/PusherBridgeScripts';
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
        const turn = new Turn();
        this.turn = turn;
        this.isStarting = true;
        this.start(turn).catch(() => this.giveUp(turn, 'apex'));
    }

    close() {
        this.turn.end();
        this.session = null;
    }

    send(envelope) {
        if (this.session) {
            this.session.receive(envelope);
        } else if (envelope.type === 'resume' && !this.isStarting) {
            this.reload();
        }
    }

    /** What was wrong may have been in the settings. */
    reload() {
        forgetConfiguration();
        this.close();
        this.open();
    }

    async start(turn) {
        const configuration = await loadConfiguration();
        const { status } = configuration;
        if (turn.isOver) {
            return;
        }
        if (status === 'ready') {
            await this.connect(turn, configuration).catch(() =>
                this.giveUp(turn, 'script')
            );
        } else {
            this.isStarting = false;
            this.setState(status === 'login' ? status : 'offline', status);
        }
    }

    async connect(turn, configuration) {
        for (const script of SCRIPTS) {
            // Each script builds on those before it.
            // eslint-disable-next-line no-await-in-loop
            await loadScript(this, script);
        }
        if (turn.isOver) {
            return;
        }
        // Lightning Web Security hides the location from pusher-js' own way.
        window.Pusher.Runtime.getProtocol = () => window.location.protocol;
        const session = this.createSession(turn, configuration);
        session.open();
        turn.onEnd(() => session.close());
        this.session = session;
        this.isStarting = false;
        receive({ type: 'started' });
    }

    createSession(turn, configuration) {
        const deliver = (envelope) => {
            if (!turn.isOver) {
                receive(envelope);
            }
        };
        const { Session } = window.PusherBridge;
        return new Session(
            configuration,
            (socketId, channelName) =>
                authorizeChannel({ socketId, channelName }),
            deliver
        );
    }

    /** Says why there is no connection, and tries again later. */
    giveUp(turn, reason) {
        if (!turn.isOver) {
            this.close();
            this.isStarting = false;
            this.turn = new Turn();
            this.setState('offline', reason);
            this.turn.after(RELOAD_DELAY, () => this.reload());
        }
    }

    setState(state, reason) {
        receive({ type: 'state', state, reason });
    }
}
