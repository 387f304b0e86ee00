import { LightningElement } from 'lwc';
import { reduceErrors } from 'c/pusherErrors';
import { GROUPS } from './groups';
import { label } from './labels';
import { findPlaces } from './places';
import getSetup from '@salesforce/apex/PusherSetupController.getSetup';
import saveSettings from '@salesforce/apex/PusherSetupController.saveSettings';
import testConnection from '@salesforce/apex/PusherSetupController.testConnection';

/** The settings of the Pusher app. Secrets go in and never come out again. */
export default class PusherSetup extends LightningElement {
    label = label;
    setup = { settings: {} };
    changes = {};
    round = 0;
    isLoading = true;
    savedMessage = '';
    errorMessage = '';
    connection = null;

    get groups() {
        return GROUPS.map((group) => ({
            ...group,
            fields: group.fields.map((field) => this.describe(field))
        }));
    }

    /** Why events don't reach Pusher; null where they do. */
    get publishing() {
        const { publishing } = this.setup;
        return publishing?.error ? publishing : null;
    }

    /** What else has to be changed for these settings to work. */
    get places() {
        return findPlaces({ ...this.setup.settings, ...this.changes });
    }

    get hasPlaces() {
        return this.places.length > 0;
    }

    /** Only what is stored can be tried. */
    get isUntestable() {
        return this.isLoading || Object.keys(this.changes).length > 0;
    }

    get connectionIcon() {
        return this.connection.isWorking ? 'utility:success' : 'utility:error';
    }

    get connectionVariant() {
        return this.connection.isWorking ? 'success' : 'error';
    }

    connectedCallback() {
        this.run(getSetup);
    }

    handleChange(event) {
        const { name } = event.target.dataset;
        this.changes = { ...this.changes, [name]: event.detail.value };
        this.savedMessage = '';
        this.connection = null;
    }

    async handleSave() {
        const inputs = [...this.template.querySelectorAll('[data-name]')];
        const wrong = inputs.filter(
            (input) => input.reportValidity() === false
        );
        if (wrong.length > 0) {
            wrong[0].focus();
            return;
        }
        const settings = {};
        for (const { fields } of GROUPS) {
            for (const { name, isSecret } of fields) {
                if (!isSecret) {
                    settings[name] = this.setup.settings[name];
                }
            }
        }
        Object.assign(settings, this.changes);
        await this.run(() => saveSettings({ settings }));
        this.savedMessage = this.errorMessage ? '' : label.saved;
    }

    async handleTest() {
        this.isLoading = true;
        this.errorMessage = '';
        this.savedMessage = '';
        this.connection = null;
        try {
            this.connection = await testConnection();
        } catch (error) {
            this.errorMessage = reduceErrors(error);
        }
        this.isLoading = false;
    }

    async run(ask) {
        this.isLoading = true;
        this.errorMessage = '';
        try {
            this.setup = await ask();
            this.changes = {};
            // New fields: what was entered must not stay in the old ones.
            this.round += 1;
        } catch (error) {
            this.errorMessage = reduceErrors(error);
        }
        this.isLoading = false;
    }

    describe(field) {
        const { name, isSecret, isRequired, placeholder } = field;
        const { settings } = this.setup;
        const isStored = Boolean(isSecret && settings[`${name}Set`]);
        const stored = isSecret ? '' : settings[name];
        return {
            ...field,
            key: `${name} ${this.round}`,
            type: isSecret ? 'password' : 'text',
            autocomplete: isSecret ? 'new-password' : 'off',
            isRequired: Boolean(isRequired) && !isStored,
            placeholder: isStored ? label.stored : placeholder,
            value: this.changes[name] ?? stored
        };
    }
}
