({
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
        component.set('v.chat', {});
        this.open(component);
    },

    close: function (component) {
        var stop = component.get('v.stop');
        if (stop) {
            stop();
        }
        this.closeDesk(component);
    },

    closeDesk: function (component) {
        var desk = component.get('v.desk');
        if (desk) {
            desk.close();
        }
    },

    show: function (component, chat) {
        var before = component.get('v.chat');
        component.set('v.chat', chat);
        if (chat.isOpen && !(before && before.isOpen)) {
            this.drawLine(component);
        }
    },

    /** What came while the browser showed another tab is new as well. */
    watch: function (component) {
        var helper = this;
        var stopSight;
        var handleReturn = $A.getCallback(function () {
            if (!document.hidden && component.isValid()) {
                helper.drawLine(component);
            }
        });
        if (component.get('v.stop')) {
            return;
        }
        stopSight = component.find('sight').watchSight(
            component.find('panel').getElement(),
            $A.getCallback(function (isVisible) {
                if (component.isValid()) {
                    helper.noteSight(component, isVisible);
                }
            })
        );
        document.addEventListener('visibilitychange', handleReturn);
        component.set('v.stop', function () {
            document.removeEventListener('visibilitychange', handleReturn);
            stopSight();
        });
    },

    noteSight: function (component, isVisible) {
        var desk = component.get('v.desk');
        component.set('v.isVisible', isVisible);
        if (isVisible) {
            this.drawLine(component);
        }
        if (desk) {
            desk.setVisible(isVisible);
        }
    },

    /** The line stands above what is unread when the user begins to look. */
    drawLine: function (component) {
        var chat = component.get('v.chat') || {};
        component.set(
            'v.newFrom',
            chat.readSequence === undefined
                ? chat.firstUnread
                : chat.readSequence + 1
        );
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
