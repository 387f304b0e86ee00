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
        component.get('v.desk').tryAgain();
    },

    handleStart: function (component) {
        component.get('v.desk').start();
    },

    handleEarlier: function (component) {
        component.get('v.desk').loadEarlier();
    },

    handleEnd: function (component, event) {
        component.get('v.desk').setAtEnd(event.getParam('value') === 'end');
    },

    handleRetry: function (component, event) {
        component.get('v.desk').retry(event.getParam('value'));
    },

    handleDiscard: function (component, event) {
        component.get('v.desk').discard(event.getParam('value'));
    },

    handleSend: function (component, event) {
        component.get('v.desk').send(event.getParam('value'));
    },

    handleTyping: function (component) {
        component.get('v.desk').type();
    }
});
