/**
 * Keeps the names of the conversations' threads, whichever way somebody writes.
 */
trigger %[ cookiecutter.prefix ]%ConversationTrigger on %[ cookiecutter.prefix ]%Conversation__c(before update) {
    %[ cookiecutter.prefix ]%Threads.protect(Trigger.new, Trigger.oldMap);
}
