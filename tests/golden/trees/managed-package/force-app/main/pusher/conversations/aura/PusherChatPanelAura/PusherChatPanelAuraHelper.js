({
    begin: function (component) {
        var marker = component.find('marker').createMarker(
            $A.getCallback(function (newFrom) {
                if (component.isValid()) {
                    component.set('v.newFrom', newFrom);
                }
            })
        );
        component.set('v.marker', marker);
        this.open(component);
    },

    open: function (component) {
        var helper = this;
        var chatModel = this.find(
            component,
            $A.getCallback(function (chat) {
                if (component.isValid()) {
                    helper.show(component, chat);
                }
            })
        );
        component.set('v.hasFocused', false);
        component.set('v.chatModel', chatModel);
        if (chatModel) {
            chatModel.setVisible(component.get('v.isVisible'));
        }
    },

    find: function (component, changed) {
        var chatModel = component.find('chatModel');
        var conversationId = component.get('v.conversationId');
        var recordId = component.get('v.recordId');
        if (conversationId) {
            return chatModel.openConversation(conversationId, changed);
        }
        if (recordId) {
            return chatModel.openRecord(recordId, changed);
        }
        return null;
    },

    /** Lightning may give a standing component another record. */
    reopen: function (component) {
        this.closeChat(component);
        this.show(component, {});
        this.open(component);
    },

    close: function (component) {
        var stop = component.get('v.stop');
        if (stop) {
            stop();
        }
        component.get('v.marker').close();
        this.closeChat(component);
    },

    closeChat: function (component) {
        var chatModel = component.get('v.chatModel');
        if (chatModel) {
            chatModel.close();
        }
    },

    show: function (component, chat) {
        component.set('v.chat', chat);
        component.get('v.marker').update(chat);
    },

    watch: function (component) {
        var helper = this;
        var stop;
        if (component.get('v.stop')) {
            return;
        }
        stop = component.find('visibility').watchVisibility(
            component.find('panel').getElement(),
            $A.getCallback(function (isVisible) {
                if (component.isValid()) {
                    helper.handleVisibility(component, isVisible);
                }
            })
        );
        component.set('v.stop', stop);
    },

    handleVisibility: function (component, isVisible) {
        var chatModel = component.get('v.chatModel');
        component.set('v.isVisible', isVisible);
        component.get('v.marker').setVisible(isVisible);
        if (chatModel) {
            chatModel.setVisible(isVisible);
        }
    },

    focus: function (component) {
        var composer = component.find('composer');
        var wants =
            component.get('v.takesFocus') && !component.get('v.hasFocused');
        if (wants && composer) {
            component.set('v.hasFocused', true);
            composer.takeFocus();
        }
    }
});
