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

    close: function (component) {
        var scroller = component.get('v.scroller');
        if (scroller) {
            scroller.close();
        }
    },

    notePosition: function (component) {
        var scroller = component.get('v.scroller');
        scroller.note();
        if (component.get('v.hasMore') && scroller.isAtStart) {
            this.askEarlier(component);
        }
        this.tellEnd(component, scroller.isAtEnd);
    },

    /** Scrolling asks once; what comes makes place for the next time. */
    askEarlier: function (component) {
        if (!component.get('v.hasAsked')) {
            component.set('v.hasAsked', true);
            component.getEvent('earlier').fire();
        }
    },

    tellEnd: function (component, isAtEnd) {
        var end = component.getEvent('end');
        if (component.get('v.wasAtEnd') !== isAtEnd) {
            component.set('v.wasAtEnd', isAtEnd);
            end.setParams({ value: isAtEnd ? 'end' : '' });
            end.fire();
        }
    }
});
