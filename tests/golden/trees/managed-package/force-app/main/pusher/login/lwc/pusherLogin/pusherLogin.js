import { LightningElement } from 'lwc';
import { resume } from 'c/pusherChannels';
import { forgetConfiguration } from 'c/pusherConfiguration';
import { reduceErrors } from 'c/pusherErrors';
import { label } from 'c/pusherLabels';
import { after } from 'c/pusherTimer';
import getLogin from '@salesforce/apex/PusherLoginController.getLogin';

/** The address is good for a quarter of an hour. */
const FRESH = 10 * 60 * 1000;

/** Sends the user to the messaging application's login, in a tab of its own. */
export default class PusherLogin extends LightningElement {
    label = label;
    loginUrl = '';
    errorMessage = '';

    connectedCallback() {
        this.isStanding = true;
        window.addEventListener('focus', this.ask);
        this.ask();
    }

    disconnectedCallback() {
        this.isStanding = false;
        this.cancelAsk?.();
        window.removeEventListener('focus', this.ask);
    }

    /** Browsers open a window only at the click itself, not after an answer. */
    handleLogin() {
        if (this.loginUrl) {
            const opened = window.open(this.loginUrl, '_blank');
            this.errorMessage = opened ? '' : label.loginBlocked;
        } else {
            this.ask();
        }
    }

    /** Whoever comes back from the other tab may be logged in by now. */
    ask = async () => {
        this.cancelAsk?.();
        this.cancelAsk = after(FRESH, this.ask);
        try {
            this.take(await getLogin());
        } catch (error) {
            this.errorMessage = reduceErrors(error);
        }
    };

    take({ isLoggedIn, loginUrl }) {
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
