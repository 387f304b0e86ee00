(function () {
    'use strict';

    const bridge = window.PusherBridge;

    /** Whoever has the token is the user, so only the application may get it. */
    function isAtApplication({ authEndpoint, applicationOrigin }) {
        // A link reads every text, malformed ones too.
        const link = document.createElement('a');
        link.href = authEndpoint;
        // What is said on this machine needs no TLS.
        const isSafe =
            link.protocol === 'https:' ||
            /(^|\.)localhost$/.test(link.hostname);
        return isSafe && link.origin === applicationOrigin;
    }

    /** Asks the application's authorization endpoint with the user's token. */
    class Authorizer {
        /**
         * getAccessToken(renew) resolves to
         * {status, authEndpoint, applicationOrigin, token, expiresAt}.
         */
        constructor(getAccessToken) {
            this.getAccessToken = getAccessToken;
            this.access = null;
            this.pending = null;
        }

        authorize(socketId, channelName) {
            return this.load(null).then((access) => {
                if (access.status !== 'authorized') {
                    return { status: 'login' };
                }
                return isAtApplication(access)
                    ? this.authorizeWithRenewal(access, socketId, channelName)
                    : { status: 'forbidden' };
            });
        }

        /** A refusal may only mean that the token has expired. */
        authorizeWithRenewal(access, socketId, channelName) {
            return this.request(access, socketId, channelName).then((grant) =>
                grant.status === 'authorized'
                    ? grant
                    : this.load(access).then((renewed) =>
                          renewed.status === 'authorized' &&
                          isAtApplication(renewed)
                              ? this.request(renewed, socketId, channelName)
                              : { status: 'login' }
                      )
            );
        }

        request({ authEndpoint, token }, socketId, channelName) {
            return fetch(authEndpoint, {
                method: 'POST',
                cache: 'no-store',
                credentials: 'omit',
                // Another address must not get the token.
                redirect: 'error',
                headers: { Authorization: `Bearer ${token}` },
                body: new URLSearchParams({
                    socket_id: socketId,
                    channel_name: channelName
                })
            }).then((response) => this.read(response));
        }

        read(response) {
            if (response.status === 401) {
                return { status: 'login' };
            }
            if (response.status === 403) {
                return { status: 'forbidden' };
            }
            if (!response.ok) {
                throw new Error(`The endpoint answered ${response.status}`);
            }
            return response.json().then((grant) => {
                if (!grant || typeof grant.auth !== 'string') {
                    throw new Error('The endpoint sent no signature');
                }
                return {
                    status: 'authorized',
                    auth: grant.auth,
                    channelData: grant.channel_data,
                    sharedSecret: grant.shared_secret
                };
            });
        }

        /** The token; a new one when `refused` is the one at hand. */
        load(refused) {
            const { access } = this;
            const usable =
                access && access !== refused && access.expiresAt > Date.now();
            if (usable) {
                return Promise.resolve(access);
            }
            return this.pending || this.renew(Boolean(refused));
        }

        /** All channels share one renewal. */
        renew(force) {
            const done = () => {
                this.pending = null;
            };
            this.pending = this.getAccessToken(force).then((access) => {
                this.access = access.status === 'authorized' ? access : null;
                return access;
            });
            this.pending.then(done, done);
            return this.pending;
        }
    }

    bridge.Authorizer = Authorizer;
})();
