import { LightningElement } from 'lwc';
import { resume } from 'c/pusherChannelService';
import { forgetConfiguration } from 'c/pusherConfigurationService';
import { reduceErrors } from 'c/pusherErrors';
import { label } from 'c/pusherLabels';
import { after } from 'c/pusherTimer';
import getLogin from '@salesforce/apex/PusherLoginController.getLogin';

/** The address is good for a quarter of an hour. */
const FRESH = 10 * 60 * 1000;

/** Sends the user to the messaging application's login, in a tab of its own. */
export default class PusherLoginPrompt extends LightningElement {
    label = label;
    loginUrl = '';
    errorMessage = '';

    connectedCallback() {
        this.isStanding = true;
        window.addEventListener('focus', this.checkLogin);
        this.checkLogin();
    }

    disconnectedCallback() {
        this.isStanding = false;
        this.cancelCheck?.();
        window.removeEventListener('focus', this.checkLogin);
    }

    /** Browsers open a window only at the click itself, not after an answer. */
    handleLogin() {
        if (this.loginUrl) {
            const opened = window.open(this.loginUrl, '_blank');
            this.errorMessage = opened ? '' : label.loginBlocked;
        } else {
            this.checkLogin();
        }
    }

    /** Whoever comes back from the other tab may be logged in by now. */
    checkLogin = async () => {
        this.cancelCheck?.();
        this.cancelCheck = after(FRESH, this.checkLogin);
        try {
            this.applyLogin(await getLogin());
        } catch (error) {
            this.errorMessage = reduceErrors(error);
        }
    };

    applyLogin({ isLoggedIn, loginUrl }) {
        if (this.isStanding) {
            this.errorMessage = '';
            this.loginUrl = loginUrl;
        }
        if (this.isStanding && isLoggedIn) {
            forgetConfiguration();
            resume();
        }
    }
}
