import bridgeTitle from '@salesforce/label/c.PusherBridgeTitle';
import errorNetwork from '@salesforce/label/c.PusherErrorNetwork';
import events from '@salesforce/label/c.PusherEvents';
import listensTo from '@salesforce/label/c.PusherListensTo';
import noEvents from '@salesforce/label/c.PusherNoEvents';
import reasonApex from '@salesforce/label/c.PusherReasonApex';
import reasonBlocked from '@salesforce/label/c.PusherReasonBlocked';
import reasonBridge from '@salesforce/label/c.PusherReasonBridge';
import reasonNetwork from '@salesforce/label/c.PusherReasonNetwork';
import reasonQuota from '@salesforce/label/c.PusherReasonQuota';
import reasonRefused from '@salesforce/label/c.PusherReasonRefused';
import reasonScript from '@salesforce/label/c.PusherReasonScript';
import reasonSetup from '@salesforce/label/c.PusherReasonSetup';
import reasonUnsupported from '@salesforce/label/c.PusherReasonUnsupported';
import retryNow from '@salesforce/label/c.PusherRetryNow';
import stateConnected from '@salesforce/label/c.PusherStateConnected';
import stateConnecting from '@salesforce/label/c.PusherStateConnecting';
import stateOffline from '@salesforce/label/c.PusherStateOffline';
import stateQuota from '@salesforce/label/c.PusherStateQuota';
import stateReconnecting from '@salesforce/label/c.PusherStateReconnecting';

const states = {
    connected: stateConnected,
    connecting: stateConnecting,
    offline: stateOffline,
    quota: stateQuota,
    reconnecting: stateReconnecting
};

const reasons = {
    bridge: reasonBridge,
    apex: reasonApex,
    blocked: reasonBlocked,
    network: reasonNetwork,
    quota: reasonQuota,
    refused: reasonRefused,
    script: reasonScript,
    setup: reasonSetup,
    unsupported: reasonUnsupported
};

/** Puts a value into a label's place for it. */
function format(text, value) {
    return text.replace('{0}', () => value);
}

/** Every text that the components show, translated by the org. */
export const label = {
    reasons,
    format,
    bridgeTitle,
    errorNetwork,
    events,
    listensTo,
    noEvents,
    retryNow,
    states
};
