({
    handleMessages: function (component, event, helper) {
        helper.list(component);
    },

    handleRender: function (component, event, helper) {
        helper.keepPosition(component);
    },

    handleScroll: function (component, event, helper) {
        helper.notePosition(component);
    },

    handleEarlier: function (component) {
        component.set('v.isAtEnd', false);
        component.set('v.wasEarlier', true);
        component.getEvent('earlier').fire();
    },

    handleRetry: function (component, event) {
        var retry = component.getEvent('retry');
        retry.setParams({ value: event.getSource().get('v.name') });
        retry.fire();
    }
});
