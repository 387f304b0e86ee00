%{ if cookiecutter.__utility and cookiecutter.__lwc }%
import allConversations from '@salesforce/label/c.%[ cookiecutter.prefix ]%AllConversations';
%{ endif }%
%{ if cookiecutter.__visualforce and cookiecutter.__lwc }%
import bridgeTitle from '@salesforce/label/c.%[ cookiecutter.prefix ]%BridgeTitle';
%{ endif }%
%{ if cookiecutter.__conversations }%
import charactersLeft from '@salesforce/label/c.%[ cookiecutter.prefix ]%CharactersLeft';
import charactersOver from '@salesforce/label/c.%[ cookiecutter.prefix ]%CharactersOver';
import chatTitle from '@salesforce/label/c.%[ cookiecutter.prefix ]%ChatTitle';
%{ endif }%
%{ if cookiecutter.__home and cookiecutter.__lwc }%
import chooseConversation from '@salesforce/label/c.%[ cookiecutter.prefix ]%ChooseConversation';
import closeConversation from '@salesforce/label/c.%[ cookiecutter.prefix ]%CloseConversation';
%{ endif }%
%{ if cookiecutter.__oauth }%
import connectionMenu from '@salesforce/label/c.%[ cookiecutter.prefix ]%ConnectionMenu';
%{ endif }%
%{ if cookiecutter.__home and cookiecutter.__lwc }%
import conversations from '@salesforce/label/c.%[ cookiecutter.prefix ]%Conversations';
%{ endif }%
%{ if cookiecutter.__lwc and cookiecutter.__conversations }%
import discard from '@salesforce/label/c.%[ cookiecutter.prefix ]%Discard';
import earlierMessages from '@salesforce/label/c.%[ cookiecutter.prefix ]%EarlierMessages';
%{ endif }%
import errorNetwork from '@salesforce/label/c.%[ cookiecutter.prefix ]%ErrorNetwork';
%{ if cookiecutter.__listener and cookiecutter.__lwc }%
import events from '@salesforce/label/c.%[ cookiecutter.prefix ]%Events';
%{ endif }%
%{ if cookiecutter.__utility and cookiecutter.__public }%
import lastEvent from '@salesforce/label/c.%[ cookiecutter.prefix ]%LastEvent';
%{ endif }%
%{ if cookiecutter.__listener and cookiecutter.__lwc }%
import listensTo from '@salesforce/label/c.%[ cookiecutter.prefix ]%ListensTo';
%{ endif }%
%{ if cookiecutter.__lwc and cookiecutter.__conversations }%
import loading from '@salesforce/label/c.%[ cookiecutter.prefix ]%Loading';
%{ endif }%
%{ if cookiecutter.__login }%
import logIn from '@salesforce/label/c.%[ cookiecutter.prefix ]%LogIn';
import loginBlocked from '@salesforce/label/c.%[ cookiecutter.prefix ]%LoginBlocked';
import loginHint from '@salesforce/label/c.%[ cookiecutter.prefix ]%LoginHint';
%{ endif }%
%{ if cookiecutter.__oauth }%
import logOut from '@salesforce/label/c.%[ cookiecutter.prefix ]%LogOut';
import logOutQuestion from '@salesforce/label/c.%[ cookiecutter.prefix ]%LogOutQuestion';
%{ endif }%
%{ if cookiecutter.__lwc and cookiecutter.__conversations }%
import messages from '@salesforce/label/c.%[ cookiecutter.prefix ]%Messages';
%{ endif }%
%{ if cookiecutter.__inbox and cookiecutter.__lwc }%
import moreConversations from '@salesforce/label/c.%[ cookiecutter.prefix ]%MoreConversations';
%{ endif }%
%{ if cookiecutter.__lwc and cookiecutter.__conversations }%
import newMessages from '@salesforce/label/c.%[ cookiecutter.prefix ]%NewMessages';
%{ endif }%
%{ if cookiecutter.__home and cookiecutter.__lwc }%
import noConversations from '@salesforce/label/c.%[ cookiecutter.prefix ]%NoConversations';
%{ endif }%
%{ if cookiecutter.__listener and cookiecutter.__lwc }%
import noEvents from '@salesforce/label/c.%[ cookiecutter.prefix ]%NoEvents';
%{ endif }%
%{ if cookiecutter.__lwc and cookiecutter.__conversations }%
import noMessages from '@salesforce/label/c.%[ cookiecutter.prefix ]%NoMessages';
import noSuchConversation from '@salesforce/label/c.%[ cookiecutter.prefix ]%NoSuchConversation';
%{ endif }%
%{ if cookiecutter.__utility }%
import noUnreadMessages from '@salesforce/label/c.%[ cookiecutter.prefix ]%NoUnreadMessages';
%{ endif }%
%{ if cookiecutter.__inbox and cookiecutter.__lwc }%
import openRecord from '@salesforce/label/c.%[ cookiecutter.prefix ]%OpenRecord';
%{ endif }%
%{ if cookiecutter.__presence }%
import othersHere from '@salesforce/label/c.%[ cookiecutter.prefix ]%OthersHere';
%{ endif }%
%{ if cookiecutter.__lwc and cookiecutter.__conversations }%
import readOnly from '@salesforce/label/c.%[ cookiecutter.prefix ]%ReadOnly';
%{ endif }%
import reasonApex from '@salesforce/label/c.%[ cookiecutter.prefix ]%ReasonApex';
import reasonBlocked from '@salesforce/label/c.%[ cookiecutter.prefix ]%ReasonBlocked';
%{ if cookiecutter.__visualforce }%
import reasonBridge from '@salesforce/label/c.%[ cookiecutter.prefix ]%ReasonBridge';
%{ endif }%
%{ if cookiecutter.__conversations }%
import reasonDelayed from '@salesforce/label/c.%[ cookiecutter.prefix ]%ReasonDelayed';
%{ endif }%
import reasonNetwork from '@salesforce/label/c.%[ cookiecutter.prefix ]%ReasonNetwork';
import reasonQuota from '@salesforce/label/c.%[ cookiecutter.prefix ]%ReasonQuota';
import reasonRefused from '@salesforce/label/c.%[ cookiecutter.prefix ]%ReasonRefused';
import reasonScript from '@salesforce/label/c.%[ cookiecutter.prefix ]%ReasonScript';
%{ if cookiecutter.__remoting }%
import reasonSession from '@salesforce/label/c.%[ cookiecutter.prefix ]%ReasonSession';
%{ endif }%
import reasonSetup from '@salesforce/label/c.%[ cookiecutter.prefix ]%ReasonSetup';
import reasonUnsupported from '@salesforce/label/c.%[ cookiecutter.prefix ]%ReasonUnsupported';
import retryNow from '@salesforce/label/c.%[ cookiecutter.prefix ]%RetryNow';
%{ if cookiecutter.__home and cookiecutter.__lwc }%
import search from '@salesforce/label/c.%[ cookiecutter.prefix ]%Search';
%{ endif }%
%{ if cookiecutter.__lwc and cookiecutter.__conversations }%
import send from '@salesforce/label/c.%[ cookiecutter.prefix ]%Send';
import sendAgain from '@salesforce/label/c.%[ cookiecutter.prefix ]%SendAgain';
%{ endif }%
%{ if cookiecutter.__record and cookiecutter.__lwc }%
import startConversation from '@salesforce/label/c.%[ cookiecutter.prefix ]%StartConversation';
%{ endif }%
import stateConnected from '@salesforce/label/c.%[ cookiecutter.prefix ]%StateConnected';
import stateConnecting from '@salesforce/label/c.%[ cookiecutter.prefix ]%StateConnecting';
%{ if cookiecutter.__conversations }%
import stateDelayed from '@salesforce/label/c.%[ cookiecutter.prefix ]%StateDelayed';
%{ endif }%
%{ if cookiecutter.__authorized }%
import stateForbidden from '@salesforce/label/c.%[ cookiecutter.prefix ]%StateForbidden';
%{ endif }%
%{ if cookiecutter.__login }%
import stateLogin from '@salesforce/label/c.%[ cookiecutter.prefix ]%StateLogin';
%{ endif }%
import stateOffline from '@salesforce/label/c.%[ cookiecutter.prefix ]%StateOffline';
import stateQuota from '@salesforce/label/c.%[ cookiecutter.prefix ]%StateQuota';
import stateReconnecting from '@salesforce/label/c.%[ cookiecutter.prefix ]%StateReconnecting';
%{ if cookiecutter.__conversations }%
import statusDelivered from '@salesforce/label/c.%[ cookiecutter.prefix ]%StatusDelivered';
import statusFailed from '@salesforce/label/c.%[ cookiecutter.prefix ]%StatusFailed';
import statusRead from '@salesforce/label/c.%[ cookiecutter.prefix ]%StatusRead';
import statusSending from '@salesforce/label/c.%[ cookiecutter.prefix ]%StatusSending';
import statusSent from '@salesforce/label/c.%[ cookiecutter.prefix ]%StatusSent';
import statusWaiting from '@salesforce/label/c.%[ cookiecutter.prefix ]%StatusWaiting';
%{ endif }%
%{ if cookiecutter.__typing and cookiecutter.__lwc }%
import typing from '@salesforce/label/c.%[ cookiecutter.prefix ]%Typing';
%{ endif }%
%{ if cookiecutter.__inbox }%
import unreadHere from '@salesforce/label/c.%[ cookiecutter.prefix ]%UnreadHere';
%{ endif }%
%{ if cookiecutter.__utility }%
import unreadMessages from '@salesforce/label/c.%[ cookiecutter.prefix ]%UnreadMessages';
import utility from '@salesforce/label/c.%[ cookiecutter.prefix ]%Utility';
import utilityUnread from '@salesforce/label/c.%[ cookiecutter.prefix ]%UtilityUnread';
%{ endif }%
%{ if cookiecutter.__lwc and cookiecutter.__conversations }%
import writeMessage from '@salesforce/label/c.%[ cookiecutter.prefix ]%WriteMessage';
%{ endif }%
%{ if cookiecutter.__inbox }%
import writtenByYou from '@salesforce/label/c.%[ cookiecutter.prefix ]%WrittenByYou';
%{ endif }%

const states = {
%{ if cookiecutter.__authorized }%
    forbidden: stateForbidden,
%{ endif }%
%{ if cookiecutter.__login }%
    login: stateLogin,
%{ endif }%
    connected: stateConnected,
    connecting: stateConnecting,
%{ if cookiecutter.__conversations }%
    delayed: stateDelayed,
%{ endif }%
    offline: stateOffline,
    quota: stateQuota,
    reconnecting: stateReconnecting
};

const reasons = {
%{ if cookiecutter.__visualforce }%
    bridge: reasonBridge,
%{ endif }%
%{ if cookiecutter.__remoting }%
    session: reasonSession,
%{ endif }%
    apex: reasonApex,
    blocked: reasonBlocked,
%{ if cookiecutter.__conversations }%
    delayed: reasonDelayed,
%{ endif }%
    network: reasonNetwork,
    quota: reasonQuota,
    refused: reasonRefused,
    script: reasonScript,
    setup: reasonSetup,
    unsupported: reasonUnsupported
};

%{ if cookiecutter.__conversations }%
const statuses = {
    Delivered: statusDelivered,
    Failed: statusFailed,
    Read: statusRead,
    Sending: statusSending,
    Sent: statusSent,
    Waiting: statusWaiting
};

%{ endif }%
%{ if cookiecutter.__conversations or cookiecutter.__lwc }%
/** Puts a value into a label's place for it. */
function format(text, value) {
    return text.replace('{0}', () => value);
}

%{ endif }%
/** Every text that the components show, translated by the org. */
export const label = {
    reasons,
%{ if cookiecutter.__conversations }%
    statuses,
%{ endif }%
%{ if cookiecutter.__conversations or cookiecutter.__lwc }%
    format,
%{ endif }%
%{ if cookiecutter.__utility and cookiecutter.__lwc }%
    allConversations,
%{ endif }%
%{ if cookiecutter.__visualforce and cookiecutter.__lwc }%
    bridgeTitle,
%{ endif }%
%{ if cookiecutter.__conversations }%
    charactersLeft,
    charactersOver,
    chatTitle,
%{ endif }%
%{ if cookiecutter.__home and cookiecutter.__lwc }%
    chooseConversation,
    closeConversation,
%{ endif }%
%{ if cookiecutter.__oauth }%
    connectionMenu,
%{ endif }%
%{ if cookiecutter.__home and cookiecutter.__lwc }%
    conversations,
%{ endif }%
%{ if cookiecutter.__lwc and cookiecutter.__conversations }%
    discard,
    earlierMessages,
%{ endif }%
    errorNetwork,
%{ if cookiecutter.__listener and cookiecutter.__lwc }%
    events,
%{ endif }%
%{ if cookiecutter.__utility and cookiecutter.__public }%
    lastEvent,
%{ endif }%
%{ if cookiecutter.__listener and cookiecutter.__lwc }%
    listensTo,
%{ endif }%
%{ if cookiecutter.__lwc and cookiecutter.__conversations }%
    loading,
%{ endif }%
%{ if cookiecutter.__login }%
    logIn,
    loginBlocked,
    loginHint,
%{ endif }%
%{ if cookiecutter.__oauth }%
    logOut,
    logOutQuestion,
%{ endif }%
%{ if cookiecutter.__lwc and cookiecutter.__conversations }%
    messages,
%{ endif }%
%{ if cookiecutter.__inbox and cookiecutter.__lwc }%
    moreConversations,
%{ endif }%
%{ if cookiecutter.__lwc and cookiecutter.__conversations }%
    newMessages,
%{ endif }%
%{ if cookiecutter.__home and cookiecutter.__lwc }%
    noConversations,
%{ endif }%
%{ if cookiecutter.__listener and cookiecutter.__lwc }%
    noEvents,
%{ endif }%
%{ if cookiecutter.__lwc and cookiecutter.__conversations }%
    noMessages,
    noSuchConversation,
%{ endif }%
%{ if cookiecutter.__utility }%
    noUnreadMessages,
%{ endif }%
%{ if cookiecutter.__inbox and cookiecutter.__lwc }%
    openRecord,
%{ endif }%
%{ if cookiecutter.__presence }%
    othersHere,
%{ endif }%
%{ if cookiecutter.__lwc and cookiecutter.__conversations }%
    readOnly,
%{ endif }%
    retryNow,
%{ if cookiecutter.__home and cookiecutter.__lwc }%
    search,
%{ endif }%
%{ if cookiecutter.__lwc and cookiecutter.__conversations }%
    send,
    sendAgain,
%{ endif }%
%{ if cookiecutter.__record and cookiecutter.__lwc }%
    startConversation,
%{ endif }%
%{ if cookiecutter.__typing and cookiecutter.__lwc }%
    typing,
%{ endif }%
%{ if cookiecutter.__inbox }%
    unreadHere,
%{ endif }%
%{ if cookiecutter.__utility }%
    unreadMessages,
    utility,
    utilityUnread,
%{ endif }%
%{ if cookiecutter.__lwc and cookiecutter.__conversations }%
    writeMessage,
%{ endif }%
%{ if cookiecutter.__inbox }%
    writtenByYou,
%{ endif }%
    states
};
