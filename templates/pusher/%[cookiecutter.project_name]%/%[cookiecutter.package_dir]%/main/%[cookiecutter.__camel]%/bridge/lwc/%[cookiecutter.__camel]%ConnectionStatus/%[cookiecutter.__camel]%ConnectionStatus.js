%{ if cookiecutter.__conversations or cookiecutter.__oauth }%
import { LightningElement, api } from 'lwc';
%{ else }%
import { LightningElement } from 'lwc';
%{ endif }%
%{ if cookiecutter.__oauth }%
import LightningConfirm from 'lightning/confirm';
import { restartTabs, resume, watch } from 'c/%[ cookiecutter.__camel ]%ChannelService';
import { reduceErrors } from 'c/%[ cookiecutter.__camel ]%Errors';
%{ else }%
import { resume, watch } from 'c/%[ cookiecutter.__camel ]%ChannelService';
%{ endif }%
import { label } from 'c/%[ cookiecutter.__camel ]%Labels';
%{ if cookiecutter.__oauth }%
import logOut from '@salesforce/apex/%[ cookiecutter.prefix ]%LoginController.logOut';
%{ endif }%

/** Icon and colour of each state. */
const LOOKS = {
    connected: ['utility:success', 'success'],
    connecting: ['utility:sync', ''],
%{ if cookiecutter.__conversations }%
    delayed: ['utility:warning', 'warning'],
%{ endif }%
    reconnecting: ['utility:sync', 'warning'],
    offline: ['utility:offline', 'error'],
    forbidden: ['utility:lock', 'error'],
    quota: ['utility:warning', 'warning'],
    login: ['utility:user', 'warning']
};

/** Shows how the connection stands, why, and what helps. */
export default class %[ cookiecutter.prefix ]%ConnectionStatus extends LightningElement {
%{ if cookiecutter.__conversations }%
    /** Whether the server couldn't tell of the newest texts at once. */
    @api isDelayed = false;

%{ endif }%
%{ if cookiecutter.__oauth }%
    /** Whether the user can log out here; one widget of a page has that. */
    @api hasMenu = false;

%{ endif }%
    status = { state: 'connecting', reason: '' };
    label = label;
%{ if cookiecutter.__oauth }%
    errorMessage = '';
%{ endif }%

%{ if cookiecutter.__conversations }%
    /** A socket that is open says nothing of what the server can tell. */
    get look() {
        const { state } = this.status;
        return state === 'connected' && this.isDelayed ? 'delayed' : state;
    }
%{ else }%
    get look() {
        return this.status.state;
    }
%{ endif }%

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
%{ if cookiecutter.__login }%

    get needsLogin() {
        return this.status.state === 'login';
    }
%{ endif }%
%{ if cookiecutter.__oauth }%

    get canLogOut() {
        return this.hasMenu && !this.needsLogin;
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
        const isSure = await LightningConfirm.open({
            label: label.logOut,
            message: label.logOutQuestion
        });
        if (isSure) {
            await this.logOut();
        }
    }

    async logOut() {
        try {
            await logOut();
            restartTabs();
        } catch (error) {
            this.errorMessage = reduceErrors(error);
        }
    }
%{ endif }%
}
