import getConfiguration from '@salesforce/apex/PusherBridgeController.getConfiguration';

let configuration = null;

/** The user's connection settings, asked for once in a tab. */
export function loadConfiguration() {
    if (!configuration) {
        const asked = getConfiguration();
        configuration = asked;
        asked.catch(() => {
            // Unless they are asked for anew by now.
            configuration = configuration === asked ? null : configuration;
        });
    }
    return configuration;
}

/** Has them asked for again, for example after a login. */
export function forgetConfiguration() {
    configuration = null;
}
