import { LightningElement } from 'lwc';
import { restartTabs, resume, watch } from 'c/pusherChannels';
import { reduceErrors } from 'c/pusherErrors';
import { label } from 'c/pusherLabels';
import logOut from '@salesforce/apex/PusherLoginController.logOut';

const ICONS = {
    connected: 'utility:success',
    connecting: 'utility:sync',
    reconnecting: 'utility:sync',
    offline: 'utility:offline',
    forbidden: 'utility:lock',
    quota: 'utility:warning',
    login: 'utility:user'
};

/** Shows how the connection stands, why, and what helps. */
export default class PusherStatus extends LightningElement {
    status = { state: 'connecting', reason: '' };
    label = label;
    errorMessage = '';

    get iconName() {
        return ICONS[this.status.state];
    }

    get stateLabel() {
        return label.states[this.status.state];
    }

    get reasonLabel() {
        return label.reasons[this.status.reason];
    }

    get needsLogin() {
        return this.status.state === 'login';
    }

    get canLogOut() {
        return this.status.state === 'connected';
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

    async handleLogOut() {
        this.errorMessage = '';
        try {
            await logOut();
            restartTabs();
        } catch (error) {
            this.errorMessage = reduceErrors(error);
        }
    }
}
