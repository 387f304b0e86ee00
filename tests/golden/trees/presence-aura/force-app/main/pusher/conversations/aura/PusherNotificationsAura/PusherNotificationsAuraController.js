({
    handleInit: function (component, event, helper) {
        helper.open(component);
    },

    handleRender: function (component, event, helper) {
        helper.focusLast(component);
    },

    handleDestroy: function (component) {
        component.get('v.stop')();
    },

    handleChoose: function (component, event, helper) {
        helper.choose(component, event.getParam('value'));
    },

    handleClose: function (component) {
        component.set('v.lastChosenId', component.get('v.chosen').id);
        component.set('v.chosen', null);
    },

    handleRetry: function (component) {
        component.find('notifications').reloadNotifications();
    },

    handleMore: function (component) {
        component.find('notifications').loadMoreNotifications();
    },

    handleRecord: function (component) {
        component.find('navigation').navigate({
            type: 'standard__recordPage',
            attributes: {
                recordId: component.get('v.chosen').recordId,
                actionName: 'view'
            }
        });
    }
});
