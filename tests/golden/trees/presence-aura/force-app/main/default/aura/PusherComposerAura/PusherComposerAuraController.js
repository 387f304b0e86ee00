({
    handleInput: function (component, event, helper) {
        helper.write(component, event.target.value);
        helper.tellTyping(component);
    },

    handleKeydown: function (component, event, helper) {
        if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
            event.preventDefault();
            helper.send(component);
        }
    },

    handleSend: function (component, event, helper) {
        helper.send(component);
    }
});
