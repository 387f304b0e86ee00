({
    handleMessages: function (component, event, helper) {
        component.set('v.hasAsked', false);
        helper.list(component);
    },

    handleLine: function (component, event, helper) {
        helper.list(component);
    },

    handleRender: function (component, event, helper) {
        helper.keepPosition(component);
    },

    handleDestroy: function (component, event, helper) {
        helper.close(component);
    },

    handleScroll: function (component, event, helper) {
        helper.recordPosition(component);
    },

    handleEarlier: function (component) {
        component.getEvent('earlier').fire();
    },

    handleRetry: function (component, event) {
        var retry = component.getEvent('retry');
        retry.setParams({ value: event.getSource().get('v.name') });
        retry.fire();
    },

    handleDiscard: function (component, event) {
        var discard = component.getEvent('discard');
        discard.setParams({ value: event.getSource().get('v.name') });
        discard.fire();
    }
});
