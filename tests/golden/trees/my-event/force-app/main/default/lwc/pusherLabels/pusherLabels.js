import bridgeTitle from '@salesforce/label/c.PusherBridgeTitle';
import charactersLeft from '@salesforce/label/c.PusherCharactersLeft';
import chatTitle from '@salesforce/label/c.PusherChatTitle';
import conversations from '@salesforce/label/c.PusherConversations';
import earlierMessages from '@salesforce/label/c.PusherEarlierMessages';
import lastEvent from '@salesforce/label/c.PusherLastEvent';
import loading from '@salesforce/label/c.PusherLoading';
import messages from '@salesforce/label/c.PusherMessages';
import moreConversations from '@salesforce/label/c.PusherMoreConversations';
import newMessages from '@salesforce/label/c.PusherNewMessages';
import noConversations from '@salesforce/label/c.PusherNoConversations';
import noMessages from '@salesforce/label/c.PusherNoMessages';
import noUnreadMessages from '@salesforce/label/c.PusherNoUnreadMessages';
import reasonApex from '@salesforce/label/c.PusherReasonApex';
import reasonBlocked from '@salesforce/label/c.PusherReasonBlocked';
import reasonBridge from '@salesforce/label/c.PusherReasonBridge';
import reasonNetwork from '@salesforce/label/c.PusherReasonNetwork';
import reasonRefused from '@salesforce/label/c.PusherReasonRefused';
import reasonScript from '@salesforce/label/c.PusherReasonScript';
import reasonSetup from '@salesforce/label/c.PusherReasonSetup';
import reasonUnsupported from '@salesforce/label/c.PusherReasonUnsupported';
import retryNow from '@salesforce/label/c.PusherRetryNow';
import search from '@salesforce/label/c.PusherSearch';
import send from '@salesforce/label/c.PusherSend';
import sendAgain from '@salesforce/label/c.PusherSendAgain';
import setupAppId from '@salesforce/label/c.PusherSetupAppId';
import setupAppKey from '@salesforce/label/c.PusherSetupAppKey';
import setupCluster from '@salesforce/label/c.PusherSetupCluster';
import setupHint from '@salesforce/label/c.PusherSetupHint';
import setupMissing from '@salesforce/label/c.PusherSetupMissing';
import setupPlaces from '@salesforce/label/c.PusherSetupPlaces';
import setupRemoteSite from '@salesforce/label/c.PusherSetupRemoteSite';
import setupSave from '@salesforce/label/c.PusherSetupSave';
import setupSaved from '@salesforce/label/c.PusherSetupSaved';
import setupSecret from '@salesforce/label/c.PusherSetupSecret';
import setupStored from '@salesforce/label/c.PusherSetupStored';
import setupTitle from '@salesforce/label/c.PusherSetupTitle';
import setupTrustedUrl from '@salesforce/label/c.PusherSetupTrustedUrl';
import startConversation from '@salesforce/label/c.PusherStartConversation';
import stateConnected from '@salesforce/label/c.PusherStateConnected';
import stateConnecting from '@salesforce/label/c.PusherStateConnecting';
import stateOffline from '@salesforce/label/c.PusherStateOffline';
import stateQuota from '@salesforce/label/c.PusherStateQuota';
import stateReconnecting from '@salesforce/label/c.PusherStateReconnecting';
import statusDelivered from '@salesforce/label/c.PusherStatusDelivered';
import statusFailed from '@salesforce/label/c.PusherStatusFailed';
import statusRead from '@salesforce/label/c.PusherStatusRead';
import statusSending from '@salesforce/label/c.PusherStatusSending';
import statusSent from '@salesforce/label/c.PusherStatusSent';
import unreadMessages from '@salesforce/label/c.PusherUnreadMessages';
import utility from '@salesforce/label/c.PusherUtility';
import utilityUnread from '@salesforce/label/c.PusherUtilityUnread';
import writeMessage from '@salesforce/label/c.PusherWriteMessage';

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
    Sent: statusSent
};

/** Puts a value into a label's place for it. */
function format(text, value) {
    return text.replace('{0}', value);
}

/** Every text that the components show, translated by the org. */
export const label = {
    reasons,
    statuses,
    format,
    bridgeTitle,
    charactersLeft,
    chatTitle,
    conversations,
    earlierMessages,
    lastEvent,
    loading,
    messages,
    moreConversations,
    newMessages,
    noConversations,
    noMessages,
    noUnreadMessages,
    retryNow,
    search,
    send,
    sendAgain,
    setupAppId,
    setupAppKey,
    setupCluster,
    setupHint,
    setupMissing,
    setupPlaces,
    setupRemoteSite,
    setupSave,
    setupSaved,
    setupSecret,
    setupStored,
    setupTitle,
    setupTrustedUrl,
    startConversation,
    unreadMessages,
    utility,
    utilityUnread,
    writeMessage,
    states
};
