import loading from '@salesforce/label/c.%[ cookiecutter.prefix ]%Loading';
%{ if cookiecutter.__secret }%
import appId from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupAppId';
%{ endif }%
import appKey from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupAppKey';
%{ if cookiecutter.__endpoint }%
import authEndpoint from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupAuthEndpoint';
import authEndpointHelp from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupAuthEndpointHelp';
%{ endif }%
%{ if cookiecutter.__beams }%
import beamsInstance from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupBeamsInstance';
import beamsKey from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupBeamsKey';
%{ endif }%
%{ if cookiecutter.__oauth }%
import callback from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupCallback';
import callbackHelp from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupCallbackHelp';
import clientId from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupClientId';
import clientIdHelp from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupClientIdHelp';
import clientSecret from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupClientSecret';
%{ endif }%
import cluster from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupCluster';
import clusterHelp from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupClusterHelp';
%{ if cookiecutter.__oauth }%
import copied from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupCopied';
import copy from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupCopy';
import copyFailed from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupCopyFailed';
%{ endif }%
%{ if cookiecutter.__credential }%
import credential from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupCredential';
%{ endif }%
%{ if cookiecutter.__oauth }%
import externalUrl from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupExternalUrl';
import externalUrlHelp from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupExternalUrlHelp';
%{ endif }%
%{ if cookiecutter.__login }%
import groupApplication from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupGroupApplication';
%{ endif }%
%{ if cookiecutter.__beams }%
import groupBeams from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupGroupBeams';
%{ endif }%
import groupPusher from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupGroupPusher';
%{ if cookiecutter.__keeps_secrets }%
import hint from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupHint';
%{ endif }%
%{ if cookiecutter.__master_key }%
import masterKey from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupMasterKey';
import masterKeyHelp from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupMasterKeyHelp';
%{ endif }%
%{ if cookiecutter.__oauth or cookiecutter.__beams }%
import optional from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupOptional';
%{ endif }%
%{ if cookiecutter.__places }%
import places from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupPlaces';
%{ endif }%
%{ if cookiecutter.__publishes }%
import publishing from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupPublishing';
%{ endif }%
import pusherHint from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupPusherHint';
%{ if cookiecutter.__oauth or cookiecutter.__beams or (cookiecutter.__hosted and cookiecutter.__secret) }%
import remoteSite from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupRemoteSite';
%{ endif }%
import save from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupSave';
import saved from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupSaved';
%{ if cookiecutter.__secret }%
import secret from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupSecret';
%{ endif }%
%{ if cookiecutter.__keeps_secrets }%
import stored from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupStored';
%{ endif }%
%{ if cookiecutter.__secret }%
import test from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupTest';
%{ endif }%
import title from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupTitle';
%{ if cookiecutter.__hosted or cookiecutter.__bearer }%
import trustedUrl from '@salesforce/label/c.%[ cookiecutter.prefix ]%SetupTrustedUrl';
%{ endif }%

/** The words of the set-up page. */
export const label = {
    loading,
%{ if cookiecutter.__secret }%
    appId,
%{ endif }%
    appKey,
%{ if cookiecutter.__endpoint }%
    authEndpoint,
    authEndpointHelp,
%{ endif }%
%{ if cookiecutter.__beams }%
    beamsInstance,
    beamsKey,
%{ endif }%
%{ if cookiecutter.__oauth }%
    callback,
    callbackHelp,
    clientId,
    clientIdHelp,
    clientSecret,
%{ endif }%
    cluster,
    clusterHelp,
%{ if cookiecutter.__oauth }%
    copied,
    copy,
    copyFailed,
%{ endif }%
%{ if cookiecutter.__credential }%
    credential,
%{ endif }%
%{ if cookiecutter.__oauth }%
    externalUrl,
    externalUrlHelp,
%{ endif }%
%{ if cookiecutter.__login }%
    groupApplication,
%{ endif }%
%{ if cookiecutter.__beams }%
    groupBeams,
%{ endif }%
    groupPusher,
%{ if cookiecutter.__keeps_secrets }%
    hint,
%{ endif }%
%{ if cookiecutter.__master_key }%
    masterKey,
    masterKeyHelp,
%{ endif }%
%{ if cookiecutter.__oauth or cookiecutter.__beams }%
    optional,
%{ endif }%
%{ if cookiecutter.__places }%
    places,
%{ endif }%
%{ if cookiecutter.__publishes }%
    publishing,
%{ endif }%
    pusherHint,
%{ if cookiecutter.__oauth or cookiecutter.__beams or (cookiecutter.__hosted and cookiecutter.__secret) }%
    remoteSite,
%{ endif }%
    save,
    saved,
%{ if cookiecutter.__secret }%
    secret,
%{ endif }%
%{ if cookiecutter.__keeps_secrets }%
    stored,
%{ endif }%
%{ if cookiecutter.__secret }%
    test,
%{ endif }%
%{ if cookiecutter.__hosted or cookiecutter.__bearer }%
    trustedUrl,
%{ endif }%
    title
};
