/**
 * Keeps the names of the conversations' threads, whichever way somebody writes.
 */
%{ if cookiecutter.prefix[8:] }%
trigger %[ cookiecutter.prefix ]%ConversationTrigger on %[ cookiecutter.prefix ]%Conversation__c(
    before update
) {
%{ else }%
trigger %[ cookiecutter.prefix ]%ConversationTrigger on %[ cookiecutter.prefix ]%Conversation__c(before update) {
%{ endif }%
    %[ cookiecutter.prefix ]%ThreadStore.protect(Trigger.new, Trigger.oldMap);
}
