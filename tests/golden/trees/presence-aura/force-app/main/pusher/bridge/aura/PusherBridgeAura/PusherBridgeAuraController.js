({
    handleInit: function (component, event, helper) {
        helper.offer(component);
    },

    handleDestroy: function (component) {
        component.get('v.withdraw')();
    }
});
