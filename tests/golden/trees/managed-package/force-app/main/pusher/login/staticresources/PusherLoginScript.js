(function () {
    'use strict';

    const { complete, done, failed } = document.body.dataset;
    const outcome = document.getElementById('outcome');
    const answer = new URLSearchParams(window.location.search);

    function show(text) {
        outcome.textContent = text;
    }

    // The code is good for one use only, but need not stay in the history.
    window.history.replaceState(null, '', window.location.pathname);

    if (answer.has('code') && answer.has('state')) {
        window.Visualforce.remoting.Manager.invokeAction(
            complete,
            answer.get('code'),
            answer.get('state'),
            (result, event) =>
                show(event.status && result.isLoggedIn ? done : failed),
            { buffer: false }
        );
    } else {
        show(failed);
    }
})();
