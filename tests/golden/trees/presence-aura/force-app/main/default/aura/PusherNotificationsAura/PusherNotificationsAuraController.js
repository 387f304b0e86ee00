({
    handleInit: function (component, event, helper) {
        helper.open(component);
    },

    handleDestroy: function (component) {
        component.get('v.stop')();
    },

    handleOpen: function (component, event) {
        component.find('navigation').navigate({
            type: 'standard__recordPage',
            attributes: {
                recordId: event.getSource().get('v.name'),
                actionName: 'view'
            }
        });
    }
});
