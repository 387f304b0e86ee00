/**
 * Keeps the names of the conversations' threads, whichever way somebody writes.
 */
trigger PusherConversationTrigger on PusherConversation__c(before update) {
    PusherThreadStore.protect(Trigger.new, Trigger.oldMap);
}
