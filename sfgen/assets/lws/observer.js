// Evaluated where the components run: notes what reaches them from pusher-js or from their frame.
function (tell) {
    'use strict';

    var instances = (window.Pusher && window.Pusher.instances) || [];
    Array.prototype.forEach.call(instances, function (pusher) {
        pusher.bind_global(function (name) {
            if (String(name).indexOf('pusher') !== 0) {
                tell('event ' + name);
            }
        });
    });
    window.addEventListener('message', function (event) {
        if (event.source && event.source !== window) {
            tell('message of a frame');
        }
    });
}
