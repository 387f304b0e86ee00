import { LightningElement } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { resume } from 'c/pusherChannels';
import { forgetConfiguration } from 'c/pusherConfiguration';
import { reduceErrors } from 'c/pusherErrors';
import { label } from 'c/pusherLabels';
import getLoginState from '@salesforce/apex/PusherLoginController.getLoginState';
import start from '@salesforce/apex/PusherLoginController.start';

const NavigatingElement = NavigationMixin(LightningElement);

/** Sends the user to the messaging application's login, in a tab of its own. */
export default class PusherLogin extends NavigatingElement {
    label = label;
    errorMessage = '';

    connectedCallback() {
        window.addEventListener('focus', this.handleFocus);
    }

    disconnectedCallback() {
        window.removeEventListener('focus', this.handleFocus);
    }

    /** Whoever comes back from the other tab may be logged in by now. */
    handleFocus = async () => {
        try {
            const { status } = await getLoginState();
            if (status === 'authorized') {
                forgetConfiguration();
                resume();
            }
        } catch (error) {
            this.errorMessage = reduceErrors(error);
        }
    };

    async handleLogin() {
        this.errorMessage = '';
        try {
            const url = await start();
            this[NavigationMixin.Navigate]({
                type: 'standard__webPage',
                attributes: { url }
            });
        } catch (error) {
            this.errorMessage = reduceErrors(error);
        }
    }
}
