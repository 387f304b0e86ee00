const ORIGIN = 'https://app.example.com';
const ACCESS = {
    status: 'authorized',
    authEndpoint: `${ORIGIN}/pusher/auth`,
    applicationOrigin: ORIGIN,
    token: 'secret',
    expiresAt: Date.now() + 3600000
};

function createAuthorizer(...answers) {
    window.PusherBridge = {};
    jest.isolateModules(() => {
        require('../../../staticresources/PusherBridgeScripts/authorizer.js');
    });
    const getAccessToken = jest.fn();
    answers.forEach((answer) => getAccessToken.mockResolvedValueOnce(answer));
    return new window.PusherBridge.Authorizer(getAccessToken);
}

function answerWith(status, body) {
    global.fetch = jest.fn().mockResolvedValue({
        status,
        ok: status >= 200 && status < 300,
        json: async () => JSON.parse(body)
    });
}

describe('the authorizer', () => {
    afterEach(() => {
        delete global.fetch;
        delete window.PusherBridge;
    });

    it('shows the token to the application, and to no redirect', async () => {
        answerWith(200, '{"auth":"key:signature"}');
        const authorizer = createAuthorizer(ACCESS);
        await expect(
            authorizer.authorize('1.1', 'private-a')
        ).resolves.toMatchObject({
            status: 'authorized',
            auth: 'key:signature'
        });
        expect(fetch).toHaveBeenCalledTimes(1);
        const [url, options] = fetch.mock.calls[0];
        expect(url).toBe(ACCESS.authEndpoint);
        expect(options).toMatchObject({
            redirect: 'error',
            credentials: 'omit',
            headers: { Authorization: 'Bearer secret' }
        });
    });

    it.each([
        'https://other.example.com/pusher/auth',
        'https://app.example.com.evil.example/pusher/auth',
        'https://app.example.com@evil.example/pusher/auth',
        'https://app.example.com:8443/pusher/auth',
        'http://app.example.com/pusher/auth',
        '/pusher/auth',
        '',
        null
    ])('shows the token to nobody else: %s', async (authEndpoint) => {
        answerWith(200, '{"auth":"key:signature"}');
        const authorizer = createAuthorizer({ ...ACCESS, authEndpoint });
        await expect(authorizer.authorize('1.1', 'private-a')).resolves.toEqual(
            { status: 'forbidden' }
        );
        expect(fetch).not.toHaveBeenCalled();
    });

    it('asks for TLS whatever the application is', async () => {
        answerWith(200, '{"auth":"key:signature"}');
        const authorizer = createAuthorizer({
            ...ACCESS,
            authEndpoint: 'http://app.example.com/pusher/auth',
            applicationOrigin: 'http://app.example.com'
        });
        await expect(authorizer.authorize('1.1', 'private-a')).resolves.toEqual(
            { status: 'forbidden' }
        );
        expect(fetch).not.toHaveBeenCalled();
    });

    it('does not show a renewed token elsewhere', async () => {
        answerWith(401, '');
        const moved = { ...ACCESS, authEndpoint: 'https://evil.example' };
        const authorizer = createAuthorizer(ACCESS, moved);
        await expect(authorizer.authorize('1.1', 'private-a')).resolves.toEqual(
            { status: 'login' }
        );
        expect(fetch).toHaveBeenCalledTimes(1);
    });

    it('renews a refused token once', async () => {
        answerWith(403, '');
        const authorizer = createAuthorizer(ACCESS, {
            ...ACCESS,
            token: 'new'
        });
        await expect(authorizer.authorize('1.1', 'private-a')).resolves.toEqual(
            { status: 'forbidden' }
        );
        expect(fetch).toHaveBeenCalledTimes(2);
    });

    it.each([
        [408, ''],
        [429, ''],
        [500, ''],
        [200, '<html>'],
        [200, '']
    ])('fails for now where the answer is none: %s', async (status, body) => {
        answerWith(status, body);
        const authorizer = createAuthorizer(ACCESS);
        await expect(
            authorizer.authorize('1.1', 'private-a')
        ).rejects.toThrow();
    });

    it('asks for a login where there is no token', async () => {
        answerWith(200, '{}');
        const authorizer = createAuthorizer({ status: 'login' });
        await expect(authorizer.authorize('1.1', 'private-a')).resolves.toEqual(
            { status: 'login' }
        );
        expect(fetch).not.toHaveBeenCalled();
    });

    it.each(['{}', 'null', '{"auth":7}', '[]'])(
        'takes nothing that is no signature: %s',
        async (body) => {
            answerWith(200, body);
            const authorizer = createAuthorizer(ACCESS);
            await expect(
                authorizer.authorize('1.1', 'private-a')
            ).rejects.toThrow('signature');
        }
    );
});
