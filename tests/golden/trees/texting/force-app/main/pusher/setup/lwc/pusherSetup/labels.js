import loading from '@salesforce/label/c.PusherLoading';
import appKey from '@salesforce/label/c.PusherSetupAppKey';
import authEndpoint from '@salesforce/label/c.PusherSetupAuthEndpoint';
import authEndpointHelp from '@salesforce/label/c.PusherSetupAuthEndpointHelp';
import callback from '@salesforce/label/c.PusherSetupCallback';
import callbackHelp from '@salesforce/label/c.PusherSetupCallbackHelp';
import clientId from '@salesforce/label/c.PusherSetupClientId';
import clientIdHelp from '@salesforce/label/c.PusherSetupClientIdHelp';
import clientSecret from '@salesforce/label/c.PusherSetupClientSecret';
import cluster from '@salesforce/label/c.PusherSetupCluster';
import clusterHelp from '@salesforce/label/c.PusherSetupClusterHelp';
import copied from '@salesforce/label/c.PusherSetupCopied';
import copy from '@salesforce/label/c.PusherSetupCopy';
import copyFailed from '@salesforce/label/c.PusherSetupCopyFailed';
import externalUrl from '@salesforce/label/c.PusherSetupExternalUrl';
import externalUrlHelp from '@salesforce/label/c.PusherSetupExternalUrlHelp';
import groupApplication from '@salesforce/label/c.PusherSetupGroupApplication';
import groupPusher from '@salesforce/label/c.PusherSetupGroupPusher';
import hint from '@salesforce/label/c.PusherSetupHint';
import optional from '@salesforce/label/c.PusherSetupOptional';
import places from '@salesforce/label/c.PusherSetupPlaces';
import pusherHint from '@salesforce/label/c.PusherSetupPusherHint';
import remoteSite from '@salesforce/label/c.PusherSetupRemoteSite';
import save from '@salesforce/label/c.PusherSetupSave';
import saved from '@salesforce/label/c.PusherSetupSaved';
import stored from '@salesforce/label/c.PusherSetupStored';
import title from '@salesforce/label/c.PusherSetupTitle';
import trustedUrl from '@salesforce/label/c.PusherSetupTrustedUrl';

/** The words of the set-up page. */
export const label = {
    loading,
    appKey,
    authEndpoint,
    authEndpointHelp,
    callback,
    callbackHelp,
    clientId,
    clientIdHelp,
    clientSecret,
    cluster,
    clusterHelp,
    copied,
    copy,
    copyFailed,
    externalUrl,
    externalUrlHelp,
    groupApplication,
    groupPusher,
    hint,
    optional,
    places,
    pusherHint,
    remoteSite,
    save,
    saved,
    stored,
    trustedUrl,
    title
};
