({
    NEAR: 48,

    list: function (component) {
        var items = component
            .find('timeline')
            .listItems(
                component.get('v.messages') || [],
                component.get('v.firstUnread')
            );
        component.set('v.items', items);
    },

    /** The newest message stays in view, and so does what the user looks at. */
    keepPosition: function (component) {
        var scroller = component.find('scroller').getElement();
        var height = scroller.scrollHeight;
        var grown = height - component.get('v.height');
        if (!grown) {
            return;
        }
        component.set('v.height', height);
        if (component.get('v.isAtEnd')) {
            scroller.scrollTop = height;
        } else if (component.get('v.wasEarlier')) {
            component.set('v.wasEarlier', false);
            scroller.scrollTop += grown;
        }
    },

    notePosition: function (component) {
        var scroller = component.find('scroller').getElement();
        var below =
            scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
        component.set('v.isAtEnd', below < this.NEAR);
    }
});
