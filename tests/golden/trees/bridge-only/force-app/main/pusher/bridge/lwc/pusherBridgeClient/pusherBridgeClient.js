import { offerHost, receive } from 'c/pusherChannelService';
import { forgetConfiguration, loadBridge } from 'c/pusherConfigurationService';
import { Turn } from 'c/pusherTurn';

const APP = 'Pusher';
const VERSION = 1;
const HANDSHAKE_LIMIT = 15000;
const RELOAD_DELAY = 60000;

/** What the page that holds the socket is told, and what it tells. */
class BridgeClient {
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
            this.sendNonce();
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
        const turn = new Turn();
        this.turn = turn;
        this.isShowing = true;
        turn.listen(window, 'message', this.handleMessage);
        this.show(turn).catch(() => this.giveUp(turn, 'apex'));
    }

    close() {
        this.turn.end();
        this.nonce = null;
        this.view.show(null);
    }

    send(envelope) {
        if (this.nonce) {
            this.post(envelope);
        } else if (envelope.type === 'resume' && !this.isShowing) {
            this.reload();
        }
    }

    /** What was wrong may have been in the settings. */
    reload() {
        forgetConfiguration();
        this.close();
        this.open();
    }

    /** Frames the page, once there are settings to connect with. */
    async show(turn) {
        const { pageUrl, pageOrigin, configuration } = await loadBridge();
        const { status } = configuration;
        if (turn.isOver) {
            return;
        }
        if (status === 'ready') {
            this.configuration = configuration;
            this.pageOrigin = pageOrigin;
            this.view.show(pageUrl);
            this.cancelLimit = turn.after(HANDSHAKE_LIMIT, () =>
                this.giveUp(turn, 'bridge')
            );
        } else {
            this.isShowing = false;
            this.setState(status === 'login' ? status : 'offline', status);
        }
    }

    /** Tells the nonce to the frame's own window only, whoever asks. */
    sendNonce() {
        this.nonce = this.nonce ?? window.crypto.randomUUID();
        this.post({ type: 'init', configuration: this.configuration });
    }

    handle(data) {
        const { type } = data;
        if (type === 'started') {
            this.isShowing = false;
            this.cancelLimit();
        }
        if (type === 'failed') {
            this.giveUp(this.turn, data.reason);
        } else {
            receive(data);
        }
    }

    setState(state, reason) {
        receive({ type: 'state', state, reason });
    }

    /** Says why there is no connection, and loads the page again later. */
    giveUp(turn, reason) {
        if (!turn.isOver) {
            this.close();
            this.isShowing = false;
            this.turn = new Turn();
            this.setState('offline', reason);
            this.turn.after(RELOAD_DELAY, () => this.reload());
        }
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
    return offerHost(new BridgeClient(view));
}
