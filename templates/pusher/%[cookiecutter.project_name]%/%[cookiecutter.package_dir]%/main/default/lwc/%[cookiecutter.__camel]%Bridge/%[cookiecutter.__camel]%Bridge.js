import { LightningElement } from 'lwc';
import { offerHost, receive } from 'c/%[ cookiecutter.__camel ]%Channels';
import { loadConfiguration } from 'c/%[ cookiecutter.__camel ]%Configuration';
import { reduceErrors } from 'c/%[ cookiecutter.__camel ]%Errors';
import { label } from 'c/%[ cookiecutter.__camel ]%Labels';
import { after } from 'c/%[ cookiecutter.__camel ]%Timer';
import getBridge from '@salesforce/apex/%[ cookiecutter.prefix ]%BridgeHostController.getBridge';
import authorizeChannel from '@salesforce/apex/%[ cookiecutter.prefix ]%BridgeController.authorizeChannel';

const APP = '%[ cookiecutter.prefix ]%';
const VERSION = 1;
const HANDSHAKE_LIMIT = 15000;
const RELOAD_DELAY = 60000;

/** The frame around the page that holds the socket, outside Lightning's sandbox. */
export default class %[ cookiecutter.prefix ]%Bridge extends LightningElement {
    pageUrl;
    label = label;
    calls = { authorizeChannel };

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

    async open() {
        window.addEventListener('message', this.handleMessage);
        this.isOpen = true;
        this.limit = after(HANDSHAKE_LIMIT, () => this.giveUp('bridge'));
        try {
            this.configuration = await loadConfiguration();
            const { pageUrl, pageOrigin } = await getBridge();
            this.pageOrigin = pageOrigin;
            this.pageUrl = this.isOpen ? pageUrl : null;
        } catch {
            this.giveUp('apex');
        }
    }

    close() {
        window.removeEventListener('message', this.handleMessage);
        this.limit();
        this.isOpen = false;
        this.nonce = null;
        this.pageUrl = null;
    }

    send(envelope) {
        if (this.nonce) {
            this.post({ ...envelope, nonce: this.nonce });
        }
    }

    greet() {
        this.nonce = window.crypto.randomUUID();
        this.send({ type: 'init', configuration: this.configuration });
    }

    handle(data) {
        if (data.type === 'call') {
            this.relay(data);
        } else {
            if (data.type === 'started') {
                this.limit();
            }
            receive(data);
        }
    }

    async relay({ id, method, parameters }) {
        const call = this.calls[method];
        try {
            const result = await call(parameters);
            this.send({ type: 'answer', id, result });
        } catch (error) {
            this.send({ type: 'answer', id, error: reduceErrors(error) });
        }
    }

    /** Says why there is no page, and loads it again later. */
    giveUp(reason) {
        this.limit();
        receive({ type: 'state', state: 'offline', reason });
        this.limit = after(RELOAD_DELAY, () => {
            this.close();
            this.open();
        });
    }

    post(envelope) {
        const plain = JSON.parse(
            JSON.stringify({ ...envelope, app: APP, v: VERSION })
        );
        this.refs.frame.contentWindow.postMessage(plain, this.pageOrigin);
    }
}
