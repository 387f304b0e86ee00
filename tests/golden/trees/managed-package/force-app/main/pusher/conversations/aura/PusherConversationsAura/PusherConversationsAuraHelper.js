({
    open: function (component) {
        var directory = component.find('directory').openDirectory(
            $A.getCallback(function (list) {
                if (component.isValid()) {
                    component.set('v.list', list);
                }
            })
        );
        component.set('v.directory', directory);
    },

    choose: function (component, id) {
        var rows = component.get('v.list').rows;
        var chosen = rows.find(function (row) {
            return row.id === id;
        });
        component.set('v.chosen', chosen);
    }
});
