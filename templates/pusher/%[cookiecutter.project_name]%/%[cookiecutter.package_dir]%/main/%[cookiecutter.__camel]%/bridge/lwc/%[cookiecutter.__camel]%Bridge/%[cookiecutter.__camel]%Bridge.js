%{ if cookiecutter.__visualforce }%
import { LightningElement } from 'lwc';
import { offerFrame } from 'c/%[ cookiecutter.__camel ]%BridgeClient';
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
import { offerHost, receive } from 'c/%[ cookiecutter.__camel ]%ChannelService';
import {
    forgetConfiguration,
    loadConfiguration
} from 'c/%[ cookiecutter.__camel ]%ConfigurationService';
import { Turn } from 'c/%[ cookiecutter.__camel ]%Turn';
%{ if cookiecutter.__authorizes }%
import authorizeChannel from '@salesforce/apex/%[ cookiecutter.prefix ]%BridgeController.authorizeChannel';
%{ elif cookiecutter.__bearer }%
import getAccessToken from '@salesforce/apex/%[ cookiecutter.prefix ]%BridgeController.getAccessToken';
%{ endif }%
import BRIDGE from '@salesforce/resourceUrl/%[ cookiecutter.prefix ]%BridgeScripts';
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
%{ if cookiecutter.__bearer }%
        const { Authorizer, Session } = window.%[ cookiecutter.prefix ]%Bridge;
        const authorizer = new Authorizer((renew) => getAccessToken({ renew }));
        return new Session(
            configuration,
            (socketId, channelName) =>
                authorizer.authorize(socketId, channelName),
            deliver
        );
%{ elif cookiecutter.__authorized }%
        const { Session } = window.%[ cookiecutter.prefix ]%Bridge;
        return new Session(
            configuration,
            (socketId, channelName) =>
                authorizeChannel({ socketId, channelName }),
            deliver
        );
%{ else }%
        const { Session } = window.%[ cookiecutter.prefix ]%Bridge;
        return new Session(configuration, deliver);
%{ endif }%
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
%{ endif }%
