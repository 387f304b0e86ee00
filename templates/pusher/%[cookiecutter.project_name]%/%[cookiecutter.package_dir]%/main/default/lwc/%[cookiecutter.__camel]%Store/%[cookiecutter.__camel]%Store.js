%{ if cookiecutter.__inbox }%
import getConversationsOnce from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.getConversations';
%{ endif }%
%{ if cookiecutter.__record }%
import getMessagesOnce from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.getMessages';
%{ endif }%
import getMessagesSinceOnce from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.getMessagesSince';
%{ if cookiecutter.__record }%
import getRecordConversationOnce from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.getRecordConversation';
%{ endif }%
%{ if cookiecutter.__inbox }%
import getUnreadCountOnce from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.getUnreadCount';
%{ endif }%
%{ if cookiecutter.__record }%
import markReadOnce from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.markRead';
import sendMessageOnce from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.sendMessage';
import startConversationOnce from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.startConversation';
%{ endif }%

/**
 * An Apex method that has renewed the login before it failed gives nothing;
 * asked again, it answers, or says why it can't.
 */
function askTwice(method) {
    return async (parameters) =>
        (await method(parameters)) ?? method(parameters);
}

%{ if cookiecutter.__inbox }%
export const getConversations = askTwice(getConversationsOnce);
%{ endif }%
%{ if cookiecutter.__record }%
export const getMessages = askTwice(getMessagesOnce);
%{ endif }%
export const getMessagesSince = askTwice(getMessagesSinceOnce);
%{ if cookiecutter.__record }%
export const getRecordConversation = askTwice(getRecordConversationOnce);
%{ endif }%
%{ if cookiecutter.__inbox }%
export const getUnreadCount = askTwice(getUnreadCountOnce);
%{ endif }%
%{ if cookiecutter.__record }%
export const markRead = askTwice(markReadOnce);
export const sendMessage = askTwice(sendMessageOnce);
export const startConversation = askTwice(startConversationOnce);
%{ endif }%
