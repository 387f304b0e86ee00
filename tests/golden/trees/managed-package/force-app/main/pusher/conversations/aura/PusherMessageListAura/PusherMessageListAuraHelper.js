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

    recordPosition: function (component) {
        var scroller = component.get('v.scroller');
        scroller.recordPosition();
        if (component.get('v.hasMore') && scroller.isAtStart) {
            this.requestEarlier(component);
        }
        this.notifyEnd(component, scroller.isAtEnd);
    },

    /** Scrolling asks once; what comes makes place for the next time. */
    requestEarlier: function (component) {
        if (!component.get('v.hasAsked')) {
            component.set('v.hasAsked', true);
            component.getEvent('earlier').fire();
        }
    },

    notifyEnd: function (component, isAtEnd) {
        var end = component.getEvent('end');
        if (component.get('v.wasAtEnd') !== isAtEnd) {
            component.set('v.wasAtEnd', isAtEnd);
            end.setParams({ value: isAtEnd ? 'end' : '' });
            end.fire();
        }
    }
});
