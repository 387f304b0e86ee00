trigger InvoiceTrigger on Invoice__c (after update) {
    TriggerLog.entries.add('invoice ' + Trigger.new[0].Lines__c);
    TriggerLog.linesBefore = Trigger.old[0].Lines__c;
}
