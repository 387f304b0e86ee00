({
    open: function (component) {
        var helper = this;
        var stop = component.find('notifications').watchNotifications(
            $A.getCallback(function (notifications) {
                if (component.isValid()) {
                    helper.show(component, notifications);
                }
            })
        );
        component.set('v.stop', stop);
    },

    show: function (component, notifications) {
        var before = component.get('v.notifications');
        component.set('v.notifications', notifications);
        if (!before || before.utilityLabel !== notifications.utilityLabel) {
            this.highlight(component);
        }
    },

    choose: function (component, id) {
        var conversations = component.get('v.notifications').conversations;
        var chosen = conversations.find(function (row) {
            return row.id === id;
        });
        component.set('v.chosen', chosen);
    },

    /** The focus goes back to the conversation that was open. */
    focusLast: function (component) {
        var id = component.get('v.lastChosenId');
        var rows = component.find('rows');
        if (id && rows) {
            component.set('v.lastChosenId', '');
            rows.focusRow(id);
        }
    },

    highlight: function (component) {
        var utilityBar = component.find('utilityBar');
        utilityBar.getEnclosingUtilityId().then(
            $A.getCallback(function (utilityId) {
                var notifications =
                    component.isValid() && component.get('v.notifications');
                // On a page, not in a utility bar, there is nothing to highlight.
                if (utilityId && notifications) {
                    utilityBar.setUtilityLabel({
                        utilityId: utilityId,
                        label: notifications.utilityLabel
                    });
                    utilityBar.setUtilityHighlighted({
                        utilityId: utilityId,
                        highlighted: notifications.unread > 0
                    });
                }
            })
        );
    }
});
