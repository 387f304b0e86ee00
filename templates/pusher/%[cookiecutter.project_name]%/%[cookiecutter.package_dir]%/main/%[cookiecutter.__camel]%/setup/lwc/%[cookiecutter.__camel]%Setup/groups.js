import { label } from './labels';

/** What is entered, in the order in which a person finds it. */
export const GROUPS = [
    {
        name: 'pusher',
        title: label.groupPusher,
        hint: label.pusherHint,
        fields: [
%{ if cookiecutter.__secret }%
            { name: 'appId', label: label.appId, isRequired: true },
%{ endif }%
            { name: 'appKey', label: label.appKey, isRequired: true },
%{ if cookiecutter.__secret }%
            {
                name: 'secret',
                label: label.secret,
                help: label.hint,
                isSecret: true,
                isRequired: true
            },
%{ endif }%
%{ if cookiecutter.__master_key }%
            {
                name: 'masterKey',
                label: label.masterKey,
                help: label.masterKeyHelp,
                isSecret: true,
                isRequired: true
            },
%{ endif }%
            {
                name: 'cluster',
                label: label.cluster,
                help: label.clusterHelp,
                isRequired: true
            }
        ]
%{ if cookiecutter.__oauth or cookiecutter.__beams }%
    },
%{ else }%
    }
%{ endif }%
%{ if cookiecutter.__oauth }%
    {
        name: 'application',
        title: label.groupApplication,
        isApplication: true,
        fields: [
            {
                name: 'externalUrl',
                label: label.externalUrl,
                help: label.externalUrlHelp,
                isRequired: true
            },
%{ if cookiecutter.__endpoint }%
            {
                name: 'authEndpoint',
                label: label.authEndpoint,
                help: label.authEndpointHelp,
                placeholder: label.optional
            },
%{ endif }%
            {
                name: 'clientId',
                label: label.clientId,
                help: label.clientIdHelp,
                isRequired: true
            },
            {
                name: 'clientSecret',
                label: label.clientSecret,
                help: label.hint,
                isSecret: true,
                placeholder: label.optional
            }
        ]
%{ if cookiecutter.__beams }%
    },
%{ else }%
    }
%{ endif }%
%{ endif }%
%{ if cookiecutter.__beams }%
    {
        name: 'beams',
        title: label.groupBeams,
        fields: [
            {
                name: 'beamsInstanceId',
                label: label.beamsInstance,
                placeholder: label.optional
            },
            {
                name: 'beamsKey',
                label: label.beamsKey,
                help: label.hint,
                isSecret: true,
                placeholder: label.optional
            }
        ]
    }
%{ endif }%
];
