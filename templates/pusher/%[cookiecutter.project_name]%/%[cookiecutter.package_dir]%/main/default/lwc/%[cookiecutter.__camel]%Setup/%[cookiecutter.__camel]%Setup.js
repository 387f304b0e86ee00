import { LightningElement } from 'lwc';
import { reduceErrors } from 'c/%[ cookiecutter.__camel ]%Errors';
import { label } from 'c/%[ cookiecutter.__camel ]%Labels';
import getSettings from '@salesforce/apex/%[ cookiecutter.prefix ]%SetupController.getSettings';
import saveSettings from '@salesforce/apex/%[ cookiecutter.prefix ]%SetupController.saveSettings';

const FIELDS = {
%{ if cookiecutter.__secret }%
    appId: label.setupAppId,
%{ endif }%
%{ if cookiecutter.__oauth }%
    externalUrl: label.setupExternalUrl,
    clientId: label.setupClientId,
%{ endif }%
%{ if cookiecutter.__endpoint }%
    authEndpoint: label.setupAuthEndpoint,
%{ endif }%
%{ if cookiecutter.__beams }%
    beamsInstanceId: label.setupBeamsInstance,
%{ endif }%
    appKey: label.setupAppKey,
    cluster: label.setupCluster
};
%{ if cookiecutter.__keeps_secrets }%

const SECRETS = {
%{ if cookiecutter.__secret }%
%{ if cookiecutter.__master_key }%
    masterKey: label.setupMasterKey,
%{ endif }%
%{ if cookiecutter.__beams }%
    beamsKey: label.setupBeamsKey,
%{ endif }%
%{ if cookiecutter.__oauth }%
    clientSecret: label.setupClientSecret,
%{ endif }%
    secret: label.setupSecret
%{ elif cookiecutter.__oauth }%
%{ if cookiecutter.__beams }%
    beamsKey: label.setupBeamsKey,
%{ endif }%
    clientSecret: label.setupClientSecret
%{ else }%
    beamsKey: label.setupBeamsKey
%{ endif }%
};
%{ endif }%

/** The settings of the Pusher app. Secrets go in and never come out again. */
export default class %[ cookiecutter.prefix ]%Setup extends LightningElement {
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
%{ if cookiecutter.__keeps_secrets }%

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
%{ endif }%

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
