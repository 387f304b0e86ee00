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
        var desk = this.find(
            component,
            $A.getCallback(function (chat) {
                if (component.isValid()) {
                    helper.show(component, chat);
                }
            })
        );
        component.set('v.hasFocused', false);
        component.set('v.desk', desk);
        if (desk) {
            desk.setVisible(component.get('v.isVisible'));
        }
    },

    find: function (component, changed) {
        var desk = component.find('desk');
%{ if cookiecutter.__inbox }%
        var conversationId = component.get('v.conversationId');
%{ endif }%
%{ if cookiecutter.__record }%
        var recordId = component.get('v.recordId');
%{ endif }%
%{ if cookiecutter.__inbox }%
        if (conversationId) {
            return desk.openConversation(conversationId, changed);
        }
%{ endif }%
%{ if cookiecutter.__record }%
        if (recordId) {
            return desk.openRecord(recordId, changed);
        }
%{ endif }%
        return null;
    },

    /** Lightning may give a standing component another record. */
    reopen: function (component) {
        this.closeDesk(component);
        this.show(component, {});
        this.open(component);
    },

    close: function (component) {
        var stop = component.get('v.stop');
        if (stop) {
            stop();
        }
        component.get('v.marker').close();
        this.closeDesk(component);
    },

    closeDesk: function (component) {
        var desk = component.get('v.desk');
        if (desk) {
            desk.close();
        }
    },

    show: function (component, chat) {
        component.set('v.chat', chat);
        component.get('v.marker').take(chat);
    },

    watch: function (component) {
        var helper = this;
        var stop;
        if (component.get('v.stop')) {
            return;
        }
        stop = component.find('sight').watchSight(
            component.find('panel').getElement(),
            $A.getCallback(function (isVisible) {
                if (component.isValid()) {
                    helper.noteSight(component, isVisible);
                }
            })
        );
        component.set('v.stop', stop);
    },

    noteSight: function (component, isVisible) {
        var desk = component.get('v.desk');
        component.set('v.isVisible', isVisible);
        component.get('v.marker').look(isVisible);
        if (desk) {
            desk.setVisible(isVisible);
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
