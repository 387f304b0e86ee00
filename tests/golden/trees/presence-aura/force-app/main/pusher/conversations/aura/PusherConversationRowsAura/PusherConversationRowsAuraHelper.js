({
    list: function (component) {
        var rows = component
            .find('previews')
            .describeRows(
                component.get('v.conversations') || [],
                component.get('v.chosenId')
            );
        component.set('v.rows', rows);
    },

    focusRow: function (component, id) {
        var row = component
            .find('list')
            .getElement()
            .querySelector('button[data-id="' + id + '"]');
        if (row) {
            row.focus();
        }
    }
});
