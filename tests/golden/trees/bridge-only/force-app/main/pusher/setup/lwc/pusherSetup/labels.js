import loading from '@salesforce/label/c.PusherLoading';
import appId from '@salesforce/label/c.PusherSetupAppId';
import appKey from '@salesforce/label/c.PusherSetupAppKey';
import cluster from '@salesforce/label/c.PusherSetupCluster';
import clusterHelp from '@salesforce/label/c.PusherSetupClusterHelp';
import groupPusher from '@salesforce/label/c.PusherSetupGroupPusher';
import hint from '@salesforce/label/c.PusherSetupHint';
import places from '@salesforce/label/c.PusherSetupPlaces';
import publishing from '@salesforce/label/c.PusherSetupPublishing';
import pusherHint from '@salesforce/label/c.PusherSetupPusherHint';
import remoteSite from '@salesforce/label/c.PusherSetupRemoteSite';
import save from '@salesforce/label/c.PusherSetupSave';
import saved from '@salesforce/label/c.PusherSetupSaved';
import secret from '@salesforce/label/c.PusherSetupSecret';
import stored from '@salesforce/label/c.PusherSetupStored';
import test from '@salesforce/label/c.PusherSetupTest';
import title from '@salesforce/label/c.PusherSetupTitle';
import trustedUrl from '@salesforce/label/c.PusherSetupTrustedUrl';

/** The words of the set-up page. */
export const label = {
    loading,
    appId,
    appKey,
    cluster,
    clusterHelp,
    groupPusher,
    hint,
    places,
    publishing,
    pusherHint,
    remoteSite,
    save,
    saved,
    secret,
    stored,
    test,
    trustedUrl,
    title
};
