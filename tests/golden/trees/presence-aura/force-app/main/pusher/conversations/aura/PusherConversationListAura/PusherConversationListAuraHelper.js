({
    open: function (component) {
        var listModel = component.find('listModel').openConversationList(
            $A.getCallback(function (list) {
                if (component.isValid()) {
                    component.set('v.list', list);
                }
            })
        );
        component.set('v.listModel', listModel);
    },

    choose: function (component, id) {
        var rows = component.get('v.list').rows;
        var chosen = rows.find(function (row) {
            return row.id === id;
        });
        component.set('v.chosen', chosen);
    }
});
