import getConfiguration from '@salesforce/apex/PusherBridgeController.getConfiguration';

let configuration = null;

/** The user's connection settings, asked for once in a tab. */
export function loadConfiguration() {
    if (!configuration) {
        configuration = getConfiguration();
        configuration.catch(forgetConfiguration);
    }
    return configuration;
}

/** Has them asked for again, for example after a login. */
export function forgetConfiguration() {
    configuration = null;
}
