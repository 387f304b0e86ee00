import getConversationOnce from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationController.getConversation';
%{ if cookiecutter.__inbox }%
import getConversationsOnce from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationController.getConversations';
%{ endif }%
import getMessagesOnce from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationController.getMessages';
import getMessagesSinceOnce from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationController.getMessagesSince';
import getRecordConversationOnce from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationController.getRecordConversation';
import markReadOnce from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationController.markRead';
import sendMessageOnce from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationController.sendMessage';
import startConversationOnce from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationController.startConversation';

/**
 * An Apex method that has renewed the login before it failed gives nothing;
 * asked again, it answers, or says why it can't.
 */
function callWithRetry(method) {
    return async (parameters) =>
        (await method(parameters)) ?? method(parameters);
}

export const getConversation = callWithRetry(getConversationOnce);
%{ if cookiecutter.__inbox }%
export const getConversations = callWithRetry(getConversationsOnce);
%{ endif }%
export const getMessages = callWithRetry(getMessagesOnce);
export const getMessagesSince = callWithRetry(getMessagesSinceOnce);
export const getRecordConversation = callWithRetry(getRecordConversationOnce);
export const markRead = callWithRetry(markReadOnce);
export const sendMessage = callWithRetry(sendMessageOnce);
export const startConversation = callWithRetry(startConversationOnce);
