({
    open: function (component) {
        var helper = this;
        var stop = component.find('news').watchNews(
            $A.getCallback(function (news) {
                if (component.isValid()) {
                    helper.show(component, news);
                }
            })
        );
        component.set('v.stop', stop);
    },

    show: function (component, news) {
        var before = component.get('v.news');
        component.set('v.news', news);
        if (!before || before.unread !== news.unread) {
            this.highlight(component);
        }
    },

    highlight: function (component) {
        var utilityBar = component.find('utilityBar');
        utilityBar.getEnclosingUtilityId().then(
            $A.getCallback(function (utilityId) {
                var news = component.isValid() && component.get('v.news');
                // On a page, not in a utility bar, there is nothing to highlight.
                if (utilityId && news) {
                    utilityBar.setUtilityLabel({
                        utilityId: utilityId,
                        label: news.utilityLabel
                    });
                    utilityBar.setUtilityHighlighted({
                        utilityId: utilityId,
                        highlighted: news.unread > 0
                    });
                }
            })
        );
    }
});
