({
    open: function (component) {
        var stop = component.find('listener').watchEvents(
            $A.getCallback(function (listener) {
                if (component.isValid()) {
                    component.set('v.listener', listener);
                    component.set('v.channels', listener.channels.join(', '));
                }
            })
        );
        component.set('v.stop', stop);
    }
});
