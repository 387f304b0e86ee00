({
    handleInit: function (component, event, helper) {
        helper.open(component);
    },

    handleDestroy: function (component) {
        component.get('v.desk').close();
    },

    handleStart: function (component) {
        component.get('v.desk').start();
    },

    handleEarlier: function (component) {
        component.get('v.desk').loadEarlier();
    },

    handleRetry: function (component, event) {
        component.get('v.desk').retry(event.getParam('value'));
    },

    handleSend: function (component, event) {
        component.get('v.desk').send(event.getParam('value'));
    },

    handleTyping: function (component) {
        component.get('v.desk').type();
    }
});
