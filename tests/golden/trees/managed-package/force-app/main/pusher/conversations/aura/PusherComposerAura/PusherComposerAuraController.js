({
    handleDraft: function (component, event, helper) {
        helper.readDraft(component);
    },

    handleRender: function (component, event, helper) {
        helper.grow(component);
    },

    handleTakeFocus: function (component, event, helper) {
        helper.focus(component);
    },

    handleInput: function (component, event, helper) {
        helper.write(component, event.target.value);
        helper.grow(component);
        helper.notifyTyping(component);
    },

    handleKeydown: function (component, event, helper) {
        if (component.find('writing').isSendKey(event)) {
            event.preventDefault();
            helper.send(component);
        }
    },

    handleSend: function (component, event, helper) {
        helper.send(component);
    }
});
