trigger LineTrigger on Line__c (before insert, before update, after insert, before delete, after delete, after undelete) {
    if (Trigger.isBefore && (Trigger.isInsert || Trigger.isUpdate)) {
        for (Line__c row : Trigger.new) {
            if (row.Name == 'fill') { row.Amount__c = 42; }
            if (row.Name == 'refuse') { row.addError('no such line'); }
            if (row.Name == 'refuse field') { row.Amount__c.addError('bad amount'); }
            if (row.Name == 'throw') { String s; s.length(); }
        }
    }
    if (Trigger.isAfter && Trigger.isInsert) {
        TriggerLog.entries.add('after ' + Trigger.new.size() + ' ' + Trigger.newMap.size());
    }
    if (Trigger.isDelete && Trigger.isBefore) {
        TriggerLog.entries.add('delete ' + (Trigger.new == null) + ' ' + Trigger.old[0].Name);
        if (Trigger.old[0].Name == 'keep') { Trigger.old[0].addError('kept'); }
    }
    if (Trigger.isUndelete) { TriggerLog.entries.add('undelete ' + (Trigger.old == null)); }
}
