import getBridge from '@salesforce/apex/PusherBridgeHostController.getBridge';

let bridge = null;

/** Where the bridge page is, and the user's settings: asked for once in a tab. */
export function loadBridge() {
    if (!bridge) {
        const asked = getBridge();
        bridge = asked;
        asked.catch(() => {
            // Unless it is asked for anew by now.
            bridge = bridge === asked ? null : bridge;
        });
    }
    return bridge;
}

/** The user's connection settings. */
export async function loadConfiguration() {
    const { configuration } = await loadBridge();
    return configuration;
}

/** Has them asked for again, for example after a login. */
export function forgetConfiguration() {
    bridge = null;
}
