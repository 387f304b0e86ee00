import loading from '@salesforce/label/c.PusherLoading';
import appId from '@salesforce/label/c.PusherSetupAppId';
import appKey from '@salesforce/label/c.PusherSetupAppKey';
import beamsInstance from '@salesforce/label/c.PusherSetupBeamsInstance';
import beamsKey from '@salesforce/label/c.PusherSetupBeamsKey';
import cluster from '@salesforce/label/c.PusherSetupCluster';
import clusterHelp from '@salesforce/label/c.PusherSetupClusterHelp';
import groupBeams from '@salesforce/label/c.PusherSetupGroupBeams';
import groupPusher from '@salesforce/label/c.PusherSetupGroupPusher';
import hint from '@salesforce/label/c.PusherSetupHint';
import optional from '@salesforce/label/c.PusherSetupOptional';
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
    beamsInstance,
    beamsKey,
    cluster,
    clusterHelp,
    groupBeams,
    groupPusher,
    hint,
    optional,
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
