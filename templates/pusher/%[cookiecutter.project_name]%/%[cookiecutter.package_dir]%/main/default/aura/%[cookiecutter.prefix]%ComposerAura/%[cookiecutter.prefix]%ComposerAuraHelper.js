({
    LIMIT: 1600,
%{ if cookiecutter.__typing }%
    TYPING_INTERVAL: 3000,
%{ endif }%

    write: function (component, text) {
        component.set('v.text', text);
        component.set('v.charactersLeft', this.LIMIT - text.length);
        component.set('v.isEmpty', !text.trim());
    },
%{ if cookiecutter.__typing }%

    tellTyping: function (component) {
        var now = Date.now();
        if (now - component.get('v.lastTyping') > this.TYPING_INTERVAL) {
            component.set('v.lastTyping', now);
            component.getEvent('typing').fire();
        }
    },
%{ endif }%

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
