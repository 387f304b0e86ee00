({
    open: function (component) {
        var desk = component.find('desk').openRecord(
            component.get('v.recordId'),
            $A.getCallback(function (chat) {
                if (component.isValid()) {
                    component.set('v.chat', chat);
                }
            })
        );
        component.set('v.desk', desk);
    }
});
