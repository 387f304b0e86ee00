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
%{ if cookiecutter.__hosted or cookiecutter.__oauth }%

/** What the Trusted URLs and remote sites of this project allow. */
const ALLOWED = {
%{ if cookiecutter.__hosted and cookiecutter.__oauth }%
    cluster: '%[ cookiecutter.pusher_cluster ]%',
%{ if cookiecutter.external_url[61:] }%
    externalUrl:
        '%[ cookiecutter.external_url ]%'
%{ else }%
    externalUrl: '%[ cookiecutter.external_url ]%'
%{ endif }%
%{ elif cookiecutter.__hosted }%
    cluster: '%[ cookiecutter.pusher_cluster ]%'
%{ else }%
%{ if cookiecutter.external_url[61:] }%
    externalUrl:
        '%[ cookiecutter.external_url ]%'
%{ else }%
    externalUrl: '%[ cookiecutter.external_url ]%'
%{ endif }%
%{ endif }%
};
%{ endif }%
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

%{ if cookiecutter.__hosted or cookiecutter.__oauth }%
    /** What else has to be changed for these settings to work. */
    get places() {
        const wanted = { ...this.settings, ...this.changes };
        const isOther = (name) =>
            wanted[name] && wanted[name] !== ALLOWED[name];
        const places = [];
%{ if cookiecutter.__hosted }%
        if (isOther('cluster')) {
            const host = `${wanted.cluster}.pusher.com`;
%{ if cookiecutter.__objects }%
            places.push(
                `${label.setupRemoteSite} %[ cookiecutter.prefix ]%Channels: https://api-${host}`
            );
%{ endif }%
%{ if cookiecutter.prefix[1:] }%
            places.push(
                `${label.setupTrustedUrl} %[ cookiecutter.prefix ]%Channels: wss://ws-${host}`
            );
%{ else }%
            places.push(`${label.setupTrustedUrl} %[ cookiecutter.prefix ]%Channels: wss://ws-${host}`);
%{ endif }%
        }
%{ endif }%
%{ if cookiecutter.__oauth }%
        if (isOther('externalUrl')) {
            const { externalUrl } = wanted;
%{ if cookiecutter.__bearer }%
            places.push(
                `${label.setupTrustedUrl} %[ cookiecutter.prefix ]%Application: ${externalUrl}`
            );
%{ endif }%
            places.push(
                `${label.setupRemoteSite} %[ cookiecutter.prefix ]%Application: ${externalUrl}`
            );
        }
%{ endif }%
        return places;
    }

    get hasPlaces() {
        return this.places.length > 0;
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
