({
    handleChange: function (component, event, helper) {
        helper.list(component);
    },

    handleChoose: function (component, event) {
        var choose = component.getEvent('choose');
        choose.setParams({ value: event.currentTarget.dataset.id });
        choose.fire();
    },

    handleFocusRow: function (component, event, helper) {
        helper.focusRow(component, event.getParam('arguments').id);
    }
});
