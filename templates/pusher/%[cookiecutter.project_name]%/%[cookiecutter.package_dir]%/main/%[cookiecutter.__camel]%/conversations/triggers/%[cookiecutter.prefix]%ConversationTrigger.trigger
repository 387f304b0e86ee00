/**
 * Keeps the names of the conversations' threads, whichever way somebody writes.
 */
%{ filter fit }%
trigger %[ cookiecutter.prefix ]%ConversationTrigger on %[ cookiecutter.prefix ]%Conversation__c(
    before update
) {
%{ endfilter }%
    %[ cookiecutter.prefix ]%ThreadStore.protect(Trigger.new, Trigger.oldMap);
}
