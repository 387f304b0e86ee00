import { LightningElement } from 'lwc';
%{ if cookiecutter.__oauth }%
import { restartTabs, resume, watch } from 'c/%[ cookiecutter.__camel ]%Channels';
import { reduceErrors } from 'c/%[ cookiecutter.__camel ]%Errors';
%{ else }%
import { resume, watch } from 'c/%[ cookiecutter.__camel ]%Channels';
%{ endif }%
import { label } from 'c/%[ cookiecutter.__camel ]%Labels';
%{ if cookiecutter.__oauth }%
import logOut from '@salesforce/apex/%[ cookiecutter.prefix ]%LoginController.logOut';
%{ endif }%

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
export default class %[ cookiecutter.prefix ]%Status extends LightningElement {
    status = { state: 'connecting', reason: '' };
    label = label;
%{ if cookiecutter.__oauth }%
    errorMessage = '';
%{ endif }%

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

%{ if cookiecutter.__oauth }%
    get canLogOut() {
        return this.status.state === 'connected';
    }

%{ endif }%
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
%{ if cookiecutter.__oauth }%

    async handleLogOut() {
        this.errorMessage = '';
        try {
            await logOut();
            restartTabs();
        } catch (error) {
            this.errorMessage = reduceErrors(error);
        }
    }
%{ endif }%
}
