import { label } from './labels';

/** What is entered, in the order in which a person finds it. */
export const GROUPS = [
    {
        name: 'pusher',
        title: label.groupPusher,
        hint: label.pusherHint,
        fields: [
            { name: 'appKey', label: label.appKey, isRequired: true },
            {
                name: 'cluster',
                label: label.cluster,
                help: label.clusterHelp,
                isRequired: true
            }
        ]
    },
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
            {
                name: 'authEndpoint',
                label: label.authEndpoint,
                help: label.authEndpointHelp,
                placeholder: label.optional
            },
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
    }
];
