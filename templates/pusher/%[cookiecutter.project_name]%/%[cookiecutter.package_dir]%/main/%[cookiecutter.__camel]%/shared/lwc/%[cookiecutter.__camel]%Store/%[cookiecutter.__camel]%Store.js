import getConversationOnce from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.getConversation';
%{ if cookiecutter.__inbox }%
import getConversationsOnce from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.getConversations';
%{ endif }%
import getMessagesOnce from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.getMessages';
import getMessagesSinceOnce from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.getMessagesSince';
import getRecordConversationOnce from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.getRecordConversation';
import markReadOnce from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.markRead';
import sendMessageOnce from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.sendMessage';
import startConversationOnce from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.startConversation';

/**
 * An Apex method that has renewed the login before it failed gives nothing;
 * asked again, it answers, or says why it can't.
 */
function askTwice(method) {
    return async (parameters) =>
        (await method(parameters)) ?? method(parameters);
}

export const getConversation = askTwice(getConversationOnce);
%{ if cookiecutter.__inbox }%
export const getConversations = askTwice(getConversationsOnce);
%{ endif }%
export const getMessages = askTwice(getMessagesOnce);
export const getMessagesSince = askTwice(getMessagesSinceOnce);
export const getRecordConversation = askTwice(getRecordConversationOnce);
export const markRead = askTwice(markReadOnce);
export const sendMessage = askTwice(sendMessageOnce);
export const startConversation = askTwice(startConversationOnce);
