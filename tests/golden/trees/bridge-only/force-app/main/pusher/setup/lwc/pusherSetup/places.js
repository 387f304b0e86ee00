import { label } from './labels';

/** What the Trusted URLs and remote sites of this project allow. */
const ALLOWED = {
    cluster: 'mt1'
};

/** Names what has to be allowed by hand for these settings to work. */
export function findPlaces(wanted) {
    const isOther = (name) => wanted[name] && wanted[name] !== ALLOWED[name];
    const places = [];
    if (isOther('cluster')) {
        const host = `${wanted.cluster}.pusher.com`;
        places.push(`${label.remoteSite}: https://api-${host}`);
        places.push(`${label.trustedUrl}: wss://ws-${host}`);
    }
    return places;
}
