import getConversationOnce from '@salesforce/apex/PusherConversationController.getConversation';
import getConversationsOnce from '@salesforce/apex/PusherConversationController.getConversations';
import getMessagesOnce from '@salesforce/apex/PusherConversationController.getMessages';
import getMessagesSinceOnce from '@salesforce/apex/PusherConversationController.getMessagesSince';
import getRecordConversationOnce from '@salesforce/apex/PusherConversationController.getRecordConversation';
import markReadOnce from '@salesforce/apex/PusherConversationController.markRead';
import sendMessageOnce from '@salesforce/apex/PusherConversationController.sendMessage';
import startConversationOnce from '@salesforce/apex/PusherConversationController.startConversation';

/**
 * An Apex method that has renewed the login before it failed gives nothing;
 * asked again, it answers, or says why it can't.
 */
function callWithRetry(method) {
    return async (parameters) =>
        (await method(parameters)) ?? method(parameters);
}

export const getConversation = callWithRetry(getConversationOnce);
export const getConversations = callWithRetry(getConversationsOnce);
export const getMessages = callWithRetry(getMessagesOnce);
export const getMessagesSince = callWithRetry(getMessagesSinceOnce);
export const getRecordConversation = callWithRetry(getRecordConversationOnce);
export const markRead = callWithRetry(markReadOnce);
export const sendMessage = callWithRetry(sendMessageOnce);
export const startConversation = callWithRetry(startConversationOnce);
