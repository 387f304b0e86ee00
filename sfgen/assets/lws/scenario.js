// Evaluated inside the sandbox, as text: no native async (Firefox), no import.
(function (env) {
    'use strict';

    var results = [];

    function pass(name, detail) {
        results.push({ name: name, ok: true, detail: detail || '' });
    }

    function fail(name, error) {
        results.push({ name: name, ok: false, detail: String((error && error.message) || error) });
    }

    function within(milliseconds, what, start) {
        return new Promise(function (resolve, reject) {
            setTimeout(function () {
                reject(new Error('no ' + what + ' within ' + milliseconds / 1000 + ' s'));
            }, milliseconds);
            start(resolve, reject);
        });
    }

    function subscribe(pusher, name) {
        var channel = pusher.subscribe(name);
        return within(15000, 'subscription', function (resolve, reject) {
            channel.bind('pusher:subscription_succeeded', function () {
                resolve(channel);
            });
            channel.bind('pusher:subscription_error', function (error) {
                reject(new Error('refused: ' + JSON.stringify(error)));
            });
        });
    }

    function receive(channel, name) {
        return within(15000, 'event', function (resolve) {
            channel.bind('greeting', resolve);
            env.publish(name, 'greeting', { number: 7 });
        }).then(function (data) {
            if (data.number !== 7) {
                throw new Error('the event arrived changed: ' + JSON.stringify(data));
            }
        });
    }

    function step(name, act) {
        return function (value) {
            return Promise.resolve()
                .then(function () {
                    return act(value);
                })
                .then(function (result) {
                    pass(name);
                    return result;
                }, function (error) {
                    fail(name, error);
                    throw error;
                });
        };
    }

    function authorize(socketId, channelName, callback) {
        env.authorize(socketId, channelName).then(
            function (answer) {
                callback(null, answer);
            },
            function (error) {
                callback(error, null);
            }
        );
    }

    function options() {
        var made = {
            cluster: 'mt1',
            wsHost: env.host,
            wsPort: env.port,
            forceTLS: false,
            enabledTransports: ['ws']
        };
        if (env.knowsAuthorization) {
            made.channelAuthorization = {
                customHandler: function (request, callback) {
                    authorize(request.socketId, request.channelName, callback);
                }
            };
            return made;
        }
        // Before 7.1 pusher-js knows no channelAuthorization, and before 7.0 it sends statistics.
        made.disableStats = true;
        made.authorizer = function (channel) {
            return {
                authorize: function (socketId, callback) {
                    authorize(socketId, channel.name, callback);
                }
            };
        };
        return made;
    }

    var pusher;
    step('loadScript', function () {
        return env.loadScript({}, env.pusherUrl).then(function () {
            if (typeof window.Pusher !== 'function') {
                throw new Error('window.Pusher is ' + typeof window.Pusher);
            }
        });
    })()
        .then(step('new Pusher', function () {
            /* SHIM */
            pusher = new window.Pusher(env.key, options());
        }))
        .then(step('connection', function () {
            return within(15000, 'connection', function (resolve) {
                pusher.connection.bind('connected', resolve);
            });
        }))
        .then(step('public channel', function () {
            return subscribe(pusher, 'my-channel').then(function (channel) {
                return receive(channel, 'my-channel');
            });
        }))
        .then(step('private channel', function () {
            return subscribe(pusher, 'private-check').then(function (channel) {
                return receive(channel, 'private-check');
            });
        }))
        .then(step('presence channel', function () {
            return subscribe(pusher, 'presence-check').then(function (channel) {
                if (channel.members.me.id !== 'check') {
                    throw new Error('the member is ' + JSON.stringify(channel.members.me));
                }
                return receive(channel, 'presence-check');
            });
        }))
        .then(function () {
            // Only one of pusher-js's two builds can decrypt.
            return pusher.config.nacl && step('encrypted channel', function () {
                return subscribe(pusher, 'private-encrypted-check').then(function (channel) {
                    return receive(channel, 'private-encrypted-check');
                });
            })();
        })
        .then(step('reconnection', function () {
            return within(15000, 'reconnection', function (resolve) {
                pusher.connection.bind('connected', resolve);
                env.drop();
            });
        }))
        .then(step("the project's scripts", function () {
            return env.scriptUrls.reduce(function (before, url) {
                return before.then(function () {
                    return env.loadScript({}, url);
                });
            }, Promise.resolve());
        }))
        .then(step('disconnection', function () {
            pusher.disconnect();
        }))
        .then(null, function () {})
        .then(function () {
            env.report(results);
        });
})
