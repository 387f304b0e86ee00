import { label } from './labels';
%{ if cookiecutter.__hosted or cookiecutter.__oauth }%

/** What the Trusted URLs and remote sites of this project allow. */
const ALLOWED = {
%{ if cookiecutter.__hosted and cookiecutter.__oauth }%
    cluster: '%[ cookiecutter.pusher_cluster ]%',
    externalUrl: '%[ cookiecutter.external_url ]%'
%{ elif cookiecutter.__hosted }%
    cluster: '%[ cookiecutter.pusher_cluster ]%'
%{ else }%
    externalUrl: '%[ cookiecutter.external_url ]%'
%{ endif }%
};
%{ endif }%

/** Names what has to be allowed by hand for these settings to work. */
export function findPlaces(wanted) {
%{ if cookiecutter.__hosted or cookiecutter.__oauth }%
    const isOther = (name) => wanted[name] && wanted[name] !== ALLOWED[name];
%{ endif }%
    const places = [];
%{ if cookiecutter.__hosted }%
    if (isOther('cluster')) {
        const host = `${wanted.cluster}.pusher.com`;
%{ if cookiecutter.__secret }%
        places.push(`${label.remoteSite}: https://api-${host}`);
%{ endif }%
        places.push(`${label.trustedUrl}: wss://ws-${host}`);
    }
%{ endif }%
%{ if cookiecutter.__oauth }%
    if (isOther('externalUrl')) {
%{ if cookiecutter.__bearer }%
        places.push(`${label.trustedUrl}: ${wanted.externalUrl}`);
%{ endif }%
        places.push(`${label.remoteSite}: ${wanted.externalUrl}`);
    }
%{ endif }%
%{ if cookiecutter.__beams }%
    if (wanted.beamsInstanceId) {
        const host = `${wanted.beamsInstanceId}.pushnotifications.pusher.com`;
        places.push(`${label.remoteSite}: https://${host}`);
    }
%{ endif }%
    return places;
}
