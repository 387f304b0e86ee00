import getConversationOnce from '@salesforce/apex/PusherConversationsController.getConversation';
import getConversationsOnce from '@salesforce/apex/PusherConversationsController.getConversations';
import getMessagesOnce from '@salesforce/apex/PusherConversationsController.getMessages';
import getMessagesSinceOnce from '@salesforce/apex/PusherConversationsController.getMessagesSince';
import getRecordConversationOnce from '@salesforce/apex/PusherConversationsController.getRecordConversation';
import markReadOnce from '@salesforce/apex/PusherConversationsController.markRead';
import sendMessageOnce from '@salesforce/apex/PusherConversationsController.sendMessage';
import startConversationOnce from '@salesforce/apex/PusherConversationsController.startConversation';

/**
 * An Apex method that has renewed the login before it failed gives nothing;
 * asked again, it answers, or says why it can't.
 */
function askTwice(method) {
    return async (parameters) =>
        (await method(parameters)) ?? method(parameters);
}

export const getConversation = askTwice(getConversationOnce);
export const getConversations = askTwice(getConversationsOnce);
export const getMessages = askTwice(getMessagesOnce);
export const getMessagesSince = askTwice(getMessagesSinceOnce);
export const getRecordConversation = askTwice(getRecordConversationOnce);
export const markRead = askTwice(markReadOnce);
export const sendMessage = askTwice(sendMessageOnce);
export const startConversation = askTwice(startConversationOnce);
