import allConversations from '@salesforce/label/c.PusherAllConversations';
import bridgeTitle from '@salesforce/label/c.PusherBridgeTitle';
import charactersLeft from '@salesforce/label/c.PusherCharactersLeft';
import charactersOver from '@salesforce/label/c.PusherCharactersOver';
import chatTitle from '@salesforce/label/c.PusherChatTitle';
import chooseConversation from '@salesforce/label/c.PusherChooseConversation';
import closeConversation from '@salesforce/label/c.PusherCloseConversation';
import connectionMenu from '@salesforce/label/c.PusherConnectionMenu';
import conversations from '@salesforce/label/c.PusherConversations';
import discard from '@salesforce/label/c.PusherDiscard';
import earlierMessages from '@salesforce/label/c.PusherEarlierMessages';
import errorNetwork from '@salesforce/label/c.PusherErrorNetwork';
import loading from '@salesforce/label/c.PusherLoading';
import logIn from '@salesforce/label/c.PusherLogIn';
import loginBlocked from '@salesforce/label/c.PusherLoginBlocked';
import loginHint from '@salesforce/label/c.PusherLoginHint';
import logOut from '@salesforce/label/c.PusherLogOut';
import logOutQuestion from '@salesforce/label/c.PusherLogOutQuestion';
import messages from '@salesforce/label/c.PusherMessages';
import moreConversations from '@salesforce/label/c.PusherMoreConversations';
import newMessages from '@salesforce/label/c.PusherNewMessages';
import noConversations from '@salesforce/label/c.PusherNoConversations';
import noMessages from '@salesforce/label/c.PusherNoMessages';
import noSuchConversation from '@salesforce/label/c.PusherNoSuchConversation';
import noUnreadMessages from '@salesforce/label/c.PusherNoUnreadMessages';
import openRecord from '@salesforce/label/c.PusherOpenRecord';
import readOnly from '@salesforce/label/c.PusherReadOnly';
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
import search from '@salesforce/label/c.PusherSearch';
import send from '@salesforce/label/c.PusherSend';
import sendAgain from '@salesforce/label/c.PusherSendAgain';
import startConversation from '@salesforce/label/c.PusherStartConversation';
import stateConnected from '@salesforce/label/c.PusherStateConnected';
import stateConnecting from '@salesforce/label/c.PusherStateConnecting';
import stateDelayed from '@salesforce/label/c.PusherStateDelayed';
import stateForbidden from '@salesforce/label/c.PusherStateForbidden';
import stateLogin from '@salesforce/label/c.PusherStateLogin';
import stateOffline from '@salesforce/label/c.PusherStateOffline';
import stateQuota from '@salesforce/label/c.PusherStateQuota';
import stateReconnecting from '@salesforce/label/c.PusherStateReconnecting';
import statusDelivered from '@salesforce/label/c.PusherStatusDelivered';
import statusFailed from '@salesforce/label/c.PusherStatusFailed';
import statusRead from '@salesforce/label/c.PusherStatusRead';
import statusSending from '@salesforce/label/c.PusherStatusSending';
import statusSent from '@salesforce/label/c.PusherStatusSent';
import statusWaiting from '@salesforce/label/c.PusherStatusWaiting';
import typing from '@salesforce/label/c.PusherTyping';
import unreadHere from '@salesforce/label/c.PusherUnreadHere';
import unreadMessages from '@salesforce/label/c.PusherUnreadMessages';
import utility from '@salesforce/label/c.PusherUtility';
import utilityUnread from '@salesforce/label/c.PusherUtilityUnread';
import writeMessage from '@salesforce/label/c.PusherWriteMessage';
import writtenByYou from '@salesforce/label/c.PusherWrittenByYou';

const states = {
    forbidden: stateForbidden,
    login: stateLogin,
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
    allConversations,
    bridgeTitle,
    charactersLeft,
    charactersOver,
    chatTitle,
    chooseConversation,
    closeConversation,
    connectionMenu,
    conversations,
    discard,
    earlierMessages,
    errorNetwork,
    loading,
    logIn,
    loginBlocked,
    loginHint,
    logOut,
    logOutQuestion,
    messages,
    moreConversations,
    newMessages,
    noConversations,
    noMessages,
    noSuchConversation,
    noUnreadMessages,
    openRecord,
    readOnly,
    retryNow,
    search,
    send,
    sendAgain,
    startConversation,
    typing,
    unreadHere,
    unreadMessages,
    utility,
    utilityUnread,
    writeMessage,
    writtenByYou,
    states
};
