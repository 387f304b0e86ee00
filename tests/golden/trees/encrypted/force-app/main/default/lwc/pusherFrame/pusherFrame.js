import { offerHost, receive } from 'c/pusherChannels';
import { loadConfiguration } from 'c/pusherConfiguration';
import { reduceErrors } from 'c/pusherErrors';
import { after } from 'c/pusherTimer';
import authorizeChannel from '@salesforce/apex/PusherBridgeController.authorizeChannel';
import getBridge from '@salesforce/apex/PusherBridgeHostController.getBridge';

const APP = 'Pusher';
const VERSION = 1;
const HANDSHAKE_LIMIT = 15000;
const RELOAD_DELAY = 60000;

/** What the page that holds the socket is told, and what it tells. */
class Frame {
    calls = new Map([['authorizeChannel', authorizeChannel]]);

    constructor(view) {
        this.view = view;
    }

    handleMessage = ({ data, origin, source }) => {
        const genuine =
            origin === this.pageOrigin &&
            this.isFrame(source) &&
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

    /**
     * Tells whether a message comes from the frame's own window. Legacy Locker wraps
     * one window in two ways: where it has never been seen as the same, the nonce
     * must do, which only this window was told.
     */
    isFrame(source) {
        const isSame = source === this.view.getWindow();
        this.isComparable = this.isComparable || isSame;
        return isSame || !this.isComparable;
    }

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
        this.view.show(null);
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
            this.view.show(pageUrl);
            this.limit = after(HANDSHAKE_LIMIT, () => this.giveUp('bridge'));
        } else {
            this.tell(status === 'login' ? status : 'offline', status);
        }
    }

    /** Tells the nonce to the frame's own window only, whoever asks. */
    greet() {
        this.nonce = this.nonce ?? window.crypto.randomUUID();
        this.post({ type: 'init', configuration: this.configuration });
    }

    handle(data) {
        const { type } = data;
        if (type === 'started') {
            this.limit();
        }
        if (type === 'failed') {
            this.giveUp(data.reason);
        } else if (type === 'call') {
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
        this.view.getWindow()?.postMessage(plain, this.pageOrigin);
    }
}

/**
 * Offers a frame around the page as the host of the tab's connection. The view
 * has show(pageUrl), with null for no page, and getWindow(). The returned
 * function withdraws the offer.
 */
export function offerFrame(view) {
    return offerHost(new Frame(view));
}
