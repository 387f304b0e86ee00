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
    }
});
