({
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
        var scroller = component.get('v.scroller');
        if (!scroller) {
            scroller = component
                .find('scrollers')
                .createScroller(component.find('scroller').getElement());
            component.set('v.scroller', scroller);
        }
        scroller.keep();
    },

    notePosition: function (component) {
        var scroller = component.get('v.scroller');
        scroller.note();
        if (component.get('v.hasMore') && scroller.isAtStart) {
            this.ask(component, 'earlier');
        } else if (component.get('v.hasLater') && scroller.isAtEnd) {
            this.ask(component, 'later');
        }
    },

    /** Scrolling asks once; what comes makes place for the next time. */
    ask: function (component, direction) {
        if (component.get('v.asked') !== direction) {
            component.set('v.asked', direction);
            component.getEvent(direction).fire();
        }
    }
});
