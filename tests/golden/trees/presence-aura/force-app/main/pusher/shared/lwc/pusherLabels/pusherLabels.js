import charactersLeft from '@salesforce/label/c.PusherCharactersLeft';
import charactersOver from '@salesforce/label/c.PusherCharactersOver';
import chatTitle from '@salesforce/label/c.PusherChatTitle';
import errorNetwork from '@salesforce/label/c.PusherErrorNetwork';
import noUnreadMessages from '@salesforce/label/c.PusherNoUnreadMessages';
import othersHere from '@salesforce/label/c.PusherOthersHere';
import reasonApex from '@salesforce/label/c.PusherReasonApex';
import reasonBlocked from '@salesforce/label/c.PusherReasonBlocked';
import reasonBridge from '@salesforce/label/c.PusherReasonBridge';
import reasonDelayed from '@salesforce/label/c.PusherReasonDelayed';
import reasonNetwork from '@salesforce/label/c.PusherReasonNetwork';
import reasonQuota from '@salesforce/label/c.PusherReasonQuota';
import reasonRefused from '@salesforce/label/c.PusherReasonRefused';
import reasonScript from '@salesforce/label/c.PusherReasonScript';
import reasonSetup from '@salesforce/label/c.PusherReasonSetup';
import reasonUnsupported from '@salesforce/label/c.PusherReasonUnsupported';
import retryNow from '@salesforce/label/c.PusherRetryNow';
import stateConnected from '@salesforce/label/c.PusherStateConnected';
import stateConnecting from '@salesforce/label/c.PusherStateConnecting';
import stateDelayed from '@salesforce/label/c.PusherStateDelayed';
import stateForbidden from '@salesforce/label/c.PusherStateForbidden';
import stateOffline from '@salesforce/label/c.PusherStateOffline';
import stateQuota from '@salesforce/label/c.PusherStateQuota';
import stateReconnecting from '@salesforce/label/c.PusherStateReconnecting';
import statusDelivered from '@salesforce/label/c.PusherStatusDelivered';
import statusFailed from '@salesforce/label/c.PusherStatusFailed';
import statusRead from '@salesforce/label/c.PusherStatusRead';
import statusSending from '@salesforce/label/c.PusherStatusSending';
import statusSent from '@salesforce/label/c.PusherStatusSent';
import statusWaiting from '@salesforce/label/c.PusherStatusWaiting';
import unreadHere from '@salesforce/label/c.PusherUnreadHere';
import unreadMessages from '@salesforce/label/c.PusherUnreadMessages';
import utility from '@salesforce/label/c.PusherUtility';
import utilityUnread from '@salesforce/label/c.PusherUtilityUnread';
import writtenByYou from '@salesforce/label/c.PusherWrittenByYou';

const states = {
    forbidden: stateForbidden,
    connected: stateConnected,
    connecting: stateConnecting,
    delayed: stateDelayed,
    offline: stateOffline,
    quota: stateQuota,
    reconnecting: stateReconnecting
};

const reasons = {
    bridge: reasonBridge,
    apex: reasonApex,
    blocked: reasonBlocked,
    delayed: reasonDelayed,
    network: reasonNetwork,
    quota: reasonQuota,
    refused: reasonRefused,
    script: reasonScript,
    setup: reasonSetup,
    unsupported: reasonUnsupported
};

const statuses = {
    Delivered: statusDelivered,
    Failed: statusFailed,
    Read: statusRead,
    Sending: statusSending,
    Sent: statusSent,
    Waiting: statusWaiting
};

/** Puts a value into a label's place for it. */
function format(text, value) {
    return text.replace('{0}', () => value);
}

/** Every text that the components show, translated by the org. */
export const label = {
    reasons,
    statuses,
    format,
    charactersLeft,
    charactersOver,
    chatTitle,
    errorNetwork,
    noUnreadMessages,
    othersHere,
    retryNow,
    unreadHere,
    unreadMessages,
    utility,
    utilityUnread,
    writtenByYou,
    states
};
