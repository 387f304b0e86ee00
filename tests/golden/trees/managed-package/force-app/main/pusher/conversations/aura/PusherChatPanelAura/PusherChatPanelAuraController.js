({
    handleInit: function (component, event, helper) {
        helper.begin(component);
    },

    handleRender: function (component, event, helper) {
        helper.watch(component);
        helper.focus(component);
    },

    handleDestroy: function (component, event, helper) {
        helper.close(component);
    },

    handleOther: function (component, event, helper) {
        helper.reopen(component);
    },

    handleRetryLookup: function (component) {
        component.get('v.chatModel').reload();
    },

    handleStart: function (component) {
        component.get('v.chatModel').start();
    },

    handleEarlier: function (component) {
        component.get('v.chatModel').loadEarlier();
    },

    handleEnd: function (component, event) {
        component
            .get('v.chatModel')
            .setAtEnd(event.getParam('value') === 'end');
    },

    handleRetry: function (component, event) {
        component.get('v.chatModel').retry(event.getParam('value'));
    },

    handleDiscard: function (component, event) {
        component.get('v.chatModel').discard(event.getParam('value'));
    },

    handleSend: function (component, event) {
        component.get('v.chatModel').send(event.getParam('value'));
    },

    handleTyping: function (component) {
        component.get('v.chatModel').notifyTyping();
    }
});
