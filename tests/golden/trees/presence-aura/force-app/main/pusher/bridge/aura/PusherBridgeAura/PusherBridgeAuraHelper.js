({
    offer: function (component) {
        var helper = this;
        var withdraw = component.find('frame').offerFrame({
            show: $A.getCallback(function (pageUrl) {
                if (component.isValid()) {
                    component.set('v.pageUrl', pageUrl);
                }
            }),
            getWindow: function () {
                return helper.findWindow(component);
            }
        });
        component.set('v.withdraw', withdraw);
    },

    findWindow: function (component) {
        var page = component.isValid() && component.find('page');
        var element = page && page.getElement();
        return element ? element.contentWindow : undefined;
    }
});
