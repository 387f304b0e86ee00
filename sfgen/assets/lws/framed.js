// The page of another origin: pusher-js plain in it, its events told to the component that framed it.
const settings = JSON.parse(document.getElementById('settings').textContent);
const tell = (message) => parent.postMessage({ app: 'sfgen-check', ...message }, settings.parent);
addEventListener('message', ({ data, origin, source }) => {
    if (origin !== settings.parent || source !== parent || data.app !== 'sfgen-check') {
        return;
    }
    try {
        const pusher = new Pusher(settings.key, { cluster: 'mt1', wsHost: '127.0.0.1',
            wsPort: settings.port, forceTLS: false, enabledTransports: ['ws'] });
        const channel = pusher.subscribe('my-channel');
        channel.bind('greeting', ({ number }) => tell({ type: 'event', number }));
        channel.bind('pusher:subscription_succeeded', () => tell({ type: 'subscribed' }));
    } catch (error) {
        tell({ type: 'failed', reason: error.message });
    }
});
tell({ type: 'ready' });
