({
    TYPING_INTERVAL: 3000,

    readDraft: function (component) {
        var draftKey = component.get('v.draftKey');
        this.show(component, component.find('drafts').readDraft(draftKey));
    },

    show: function (component, text) {
        component.set('v.text', text);
        component.set('v.state', component.find('writing').describeText(text));
    },

    write: function (component, text) {
        this.show(component, text);
        component.find('drafts').keepDraft(component.get('v.draftKey'), text);
    },

    notifyTyping: function (component) {
        var now = Date.now();
        if (now - component.get('v.lastTyping') > this.TYPING_INTERVAL) {
            component.set('v.lastTyping', now);
            component.getEvent('typing').fire();
        }
    },

    send: function (component) {
        var state = component.get('v.state');
        var send = component.getEvent('send');
        if (state.canSend) {
            this.write(component, '');
            send.setParams({ value: state.body });
            send.fire();
        }
        // A button that is disabled now would keep the focus from everybody.
        this.focus(component);
    },

    focus: function (component) {
        component.find('text').getElement().focus();
    },

    grow: function (component) {
        component
            .find('writing')
            .growField(component.find('text').getElement());
    }
});
