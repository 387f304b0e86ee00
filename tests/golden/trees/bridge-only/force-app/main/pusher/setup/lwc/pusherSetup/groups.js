import { label } from './labels';

/** What is entered, in the order in which a person finds it. */
export const GROUPS = [
    {
        name: 'pusher',
        title: label.groupPusher,
        hint: label.pusherHint,
        fields: [
            { name: 'appId', label: label.appId, isRequired: true },
            { name: 'appKey', label: label.appKey, isRequired: true },
            {
                name: 'secret',
                label: label.secret,
                help: label.hint,
                isSecret: true,
                isRequired: true
            },
            {
                name: 'cluster',
                label: label.cluster,
                help: label.clusterHelp,
                isRequired: true
            }
        ]
    }
];
