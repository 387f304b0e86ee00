({
    handleInit: function (component, event, helper) {
        helper.open(component);
    },

    handleDestroy: function (component) {
        component.get('v.directory').close();
    },

    handleSearch: function (component, event) {
        var searchTerm = event.getSource().get('v.value');
        component.get('v.directory').search(searchTerm);
    },

    handleMore: function (component) {
        component.get('v.directory').loadMore();
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
