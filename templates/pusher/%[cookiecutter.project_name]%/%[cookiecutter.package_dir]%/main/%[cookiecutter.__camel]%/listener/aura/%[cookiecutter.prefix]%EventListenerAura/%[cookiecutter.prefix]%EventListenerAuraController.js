({
    handleInit: function (component, event, helper) {
        helper.open(component);
    },

    handleDestroy: function (component) {
        component.get('v.stop')();
    }
});
