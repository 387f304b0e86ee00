/**
 * Numbers messages and tells of them, whichever way they were stored.
 */
trigger %[ cookiecutter.prefix ]%MessageTrigger on %[ cookiecutter.prefix ]%Message__c(
    before insert,
    after insert,
    before update,
    after update
) {
%{ filter fit }%
    %[ cookiecutter.prefix ]%MessageService.handle(
        Trigger.operationType,
        Trigger.new,
        Trigger.oldMap
    );
%{ endfilter }%
}
