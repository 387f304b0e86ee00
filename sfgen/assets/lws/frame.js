// Evaluated inside the sandbox: a component's side of the bridge to a page of another origin.
(function (env) {
    'use strict';

    var results = [];
    var frame = document.createElement('iframe');
    var timer = setTimeout(function () {
        results.push({ name: 'handshake', ok: false, detail: 'the frame was silent for 20 s' });
        env.report(results);
    }, 20000);

    window.addEventListener('message', function (event) {
        var data = event.data;
        if (!data || data.app !== 'sfgen-check') {
            return;
        }
        if (data.type === 'ready') {
            results.push({ name: 'origin', ok: event.origin === env.frameOrigin, detail: event.origin });
            results.push({ name: 'source', ok: event.source === frame.contentWindow, detail: '' });
            frame.contentWindow.postMessage({ app: 'sfgen-check', type: 'init' }, env.frameOrigin);
        } else if (data.type === 'subscribed') {
            results.push({ name: 'subscription', ok: true, detail: '' });
            env.publish('my-channel', 'greeting', { number: 7 });
        } else if (data.type === 'event') {
            clearTimeout(timer);
            results.push({ name: 'event', ok: data.number === 7, detail: '' });
            env.report(results);
        } else if (data.type === 'failed') {
            clearTimeout(timer);
            results.push({ name: 'page', ok: false, detail: data.reason });
            env.report(results);
        }
    });
    frame.src = env.frameUrl;
    document.body.appendChild(frame);
})
