import { LightningElement } from 'lwc';
import { reduceErrors } from 'c/pusherErrors';
import { label } from 'c/pusherLabels';
import getSettings from '@salesforce/apex/PusherSetupController.getSettings';
import saveSettings from '@salesforce/apex/PusherSetupController.saveSettings';

const FIELDS = {
    appId: label.setupAppId,
    appKey: label.setupAppKey,
    cluster: label.setupCluster
};

/** What the Trusted URLs and remote sites of this project allow. */
const ALLOWED = {
    cluster: 'mt1'
};

const SECRETS = {
    secret: label.setupSecret
};

/** The settings of the Pusher app. Secrets go in and never come out again. */
export default class PusherSetup extends LightningElement {
    label = label;
    settings = {};
    changes = {};
    round = 0;
    isLoading = true;
    savedMessage = '';
    errorMessage = '';

    get fields() {
        return Object.entries(FIELDS).map(([name, text]) => ({
            key: `${name} ${this.round}`,
            name,
            label: text,
            value: this.changes[name] ?? this.settings[name]
        }));
    }

    get secrets() {
        return Object.entries(SECRETS).map(([name, text]) => ({
            key: `${name} ${this.round}`,
            name,
            label: text,
            value: this.changes[name] ?? '',
            placeholder: this.settings[`${name}Set`]
                ? label.setupStored
                : label.setupMissing
        }));
    }

    /** What else has to be changed for these settings to work. */
    get places() {
        const wanted = { ...this.settings, ...this.changes };
        const isOther = (name) =>
            wanted[name] && wanted[name] !== ALLOWED[name];
        const places = [];
        if (isOther('cluster')) {
            const host = `${wanted.cluster}.pusher.com`;
            places.push(
                `${label.setupRemoteSite} PusherChannels: https://api-${host}`
            );
            places.push(
                `${label.setupTrustedUrl} PusherChannels: wss://ws-${host}`
            );
        }
        return places;
    }

    get hasPlaces() {
        return this.places.length > 0;
    }

    connectedCallback() {
        this.run(getSettings);
    }

    handleChange(event) {
        const { name } = event.target.dataset;
        this.changes = { ...this.changes, [name]: event.detail.value };
        this.savedMessage = '';
    }

    async handleSave() {
        const names = Object.keys(FIELDS);
        const kept = names.map((name) => [name, this.settings[name]]);
        const settings = { ...Object.fromEntries(kept), ...this.changes };
        await this.run(() => saveSettings({ settings }));
        this.savedMessage = this.errorMessage ? '' : label.setupSaved;
    }

    async run(ask) {
        this.isLoading = true;
        this.errorMessage = '';
        try {
            this.settings = await ask();
            this.changes = {};
            // New fields: what was entered must not stay in the old ones.
            this.round += 1;
        } catch (error) {
            this.errorMessage = reduceErrors(error);
        }
        this.isLoading = false;
    }
}
