/**
 * Numbers messages and tells of them, whichever way they were stored.
 */
trigger %[ cookiecutter.prefix ]%MessageTrigger on %[ cookiecutter.prefix ]%Message__c(
    before insert,
    after insert,
    after update
) {
    if (Trigger.isBefore) {
        %[ cookiecutter.prefix ]%Messages.prepare(Trigger.new);
    } else if (Trigger.isInsert) {
        %[ cookiecutter.prefix ]%Messages.announce(Trigger.new);
    } else {
        %[ cookiecutter.prefix ]%Messages.announceStatus(Trigger.new, Trigger.oldMap);
    }
}
