import { LightningElement, api } from 'lwc';
import { resume, watch } from 'c/pusherChannelService';
import { label } from 'c/pusherLabels';

/** Icon and colour of each state. */
const LOOKS = {
    connected: ['utility:success', 'success'],
    connecting: ['utility:sync', ''],
    delayed: ['utility:warning', 'warning'],
    reconnecting: ['utility:sync', 'warning'],
    offline: ['utility:offline', 'error'],
    forbidden: ['utility:lock', 'error'],
    quota: ['utility:warning', 'warning'],
    login: ['utility:user', 'warning']
};

/** Shows how the connection stands, why, and what helps. */
export default class PusherConnectionStatus extends LightningElement {
    /** Whether the server couldn't tell of the newest texts at once. */
    @api isDelayed = false;

    status = { state: 'connecting', reason: '' };
    label = label;

    /** A socket that is open says nothing of what the server can tell. */
    get look() {
        const { state } = this.status;
        return state === 'connected' && this.isDelayed ? 'delayed' : state;
    }

    get iconName() {
        return LOOKS[this.look][0];
    }

    get iconVariant() {
        return LOOKS[this.look][1];
    }

    get stateLabel() {
        return label.states[this.look];
    }

    get reasonLabel() {
        return label.reasons[this.status.reason] ?? label.reasons[this.look];
    }

    get needsLogin() {
        return this.status.state === 'login';
    }

    get canRetry() {
        return ['offline', 'forbidden', 'quota'].includes(this.status.state);
    }

    connectedCallback() {
        this.stopWatching = watch((status) => {
            this.status = status;
        });
    }

    disconnectedCallback() {
        this.stopWatching();
    }

    handleRetry() {
        resume();
    }
}
