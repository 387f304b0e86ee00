(function () {
    'use strict';

    const bridge = {};
    window.PusherBridge = bridge;

    /** Every wait of the bridge, in milliseconds. */
    bridge.timing = {
        authorization: 10000,
        subscription: 10000,
        firstRetry: 1000,
        longestRetry: 60000,
        quotaRetry: 180000,
        heartbeat: 15000,
        asleep: 150000,
        leaderSilence: 5000,
        stealing: 3000,
        answering: 100,
        idle: 25000,
        pong: 10000
    };

    /** Jitter keeps a fleet of browsers from coming back as one. */
    bridge.backOff = (attempt) => {
        const { firstRetry, longestRetry } = bridge.timing;
        const ceiling = Math.min(longestRetry, firstRetry * 2 ** attempt);
        return ceiling * (0.25 + Math.random() * 0.75);
    };

    /** The promise's outcome, or an error when it takes too long. */
    bridge.within = (milliseconds, promise) => {
        let timer;
        const limit = new Promise((resolve, reject) => {
            timer = setTimeout(reject, milliseconds, new Error('timeout'));
        });
        const stop = () => clearTimeout(timer);
        promise.then(stop, stop);
        return Promise.race([promise, limit]);
    };
})();
