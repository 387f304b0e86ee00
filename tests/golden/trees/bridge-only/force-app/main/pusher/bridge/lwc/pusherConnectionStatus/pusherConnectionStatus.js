import { LightningElement } from 'lwc';
import { resume, watch } from 'c/pusherChannelService';
import { label } from 'c/pusherLabels';

/** Icon and colour of each state. */
const LOOKS = {
    connected: ['utility:success', 'success'],
    connecting: ['utility:sync', ''],
    reconnecting: ['utility:sync', 'warning'],
    offline: ['utility:offline', 'error'],
    forbidden: ['utility:lock', 'error'],
    quota: ['utility:warning', 'warning'],
    login: ['utility:user', 'warning']
};

/** Shows how the connection stands, why, and what helps. */
export default class PusherConnectionStatus extends LightningElement {
    status = { state: 'connecting', reason: '' };
    label = label;

    get look() {
        return this.status.state;
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
