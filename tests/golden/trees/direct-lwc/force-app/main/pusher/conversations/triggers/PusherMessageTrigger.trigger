/**
 * Numbers messages and tells of them, whichever way they were stored.
 */
trigger PusherMessageTrigger on PusherMessage__c(
    before insert,
    after insert,
    before update,
    after update
) {
    PusherMessageService.handle(
        Trigger.operationType,
        Trigger.new,
        Trigger.oldMap
    );
}
