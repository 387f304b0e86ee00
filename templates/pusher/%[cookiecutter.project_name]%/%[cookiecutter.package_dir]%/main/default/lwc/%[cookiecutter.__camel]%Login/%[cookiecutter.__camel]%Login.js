import { LightningElement } from 'lwc';
import { NavigationMixin } from 'lightning/navigation';
import { resume } from 'c/%[ cookiecutter.__camel ]%Channels';
import { forgetConfiguration } from 'c/%[ cookiecutter.__camel ]%Configuration';
import { reduceErrors } from 'c/%[ cookiecutter.__camel ]%Errors';
import { label } from 'c/%[ cookiecutter.__camel ]%Labels';
import getLoginState from '@salesforce/apex/%[ cookiecutter.prefix ]%LoginController.getLoginState';
import start from '@salesforce/apex/%[ cookiecutter.prefix ]%LoginController.start';

const NavigatingElement = NavigationMixin(LightningElement);

/** Sends the user to the messaging application's login, in a tab of its own. */
export default class %[ cookiecutter.prefix ]%Login extends NavigatingElement {
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
