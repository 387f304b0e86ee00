({
    LIMIT: 1600,
    TYPING_INTERVAL: 3000,

    write: function (component, text) {
        component.set('v.text', text);
        component.set('v.charactersLeft', this.LIMIT - text.length);
        component.set('v.isEmpty', !text.trim());
    },

    tellTyping: function (component) {
        var now = Date.now();
        if (now - component.get('v.lastTyping') > this.TYPING_INTERVAL) {
            component.set('v.lastTyping', now);
            component.getEvent('typing').fire();
        }
    },

    send: function (component) {
        var text = component.get('v.text').trim();
        var send = component.getEvent('send');
        if (text) {
            this.write(component, '');
            send.setParams({ value: text });
            send.fire();
        }
    }
});
