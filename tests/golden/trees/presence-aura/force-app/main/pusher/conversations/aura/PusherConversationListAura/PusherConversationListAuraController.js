({
    handleInit: function (component, event, helper) {
        helper.open(component);
    },

    handleDestroy: function (component) {
        component.get('v.listModel').close();
    },

    handleSearch: function (component, event) {
        var searchTerm = event.getSource().get('v.value');
        component.get('v.listModel').search(searchTerm);
    },

    handleRetry: function (component) {
        component.get('v.listModel').reload();
    },

    handleMore: function (component) {
        component.get('v.listModel').loadMore();
    },

    handleChoose: function (component, event, helper) {
        helper.choose(component, event.getParam('value'));
    },

    handleClose: function (component) {
        component.find('rows').focusRow(component.get('v.chosen').id);
        component.set('v.chosen', null);
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
