import { createElement } from 'lwc';
import { loadScript } from 'lightning/platformResourceLoader';
import Bridge from 'c/pusherBridge';
import { subscribe, resume, watch } from 'c/pusherChannelService';
import { forgetConfiguration } from 'c/pusherConfigurationService';
import authorizeChannel from '@salesforce/apex/PusherBridgeController.authorizeChannel';
import getConfiguration from '@salesforce/apex/PusherBridgeController.getConfiguration';

jest.mock(
    '@salesforce/apex/PusherBridgeController.authorizeChannel',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/PusherBridgeController.getConfiguration',
    () => ({ default: jest.fn() }),
    { virtual: true }
);

let state;
let stop;

async function flushPromises() {
    for (let turn = 0; turn < 10; turn += 1) {
        // eslint-disable-next-line no-await-in-loop
        await new Promise(process.nextTick);
    }
}

async function createBridge() {
    const element = createElement('c-pusher-bridge', { is: Bridge });
    document.body.appendChild(element);
    await flushPromises();
    return element;
}

describe('c-pusher-bridge', () => {
    let session;

    beforeEach(() => {
        session = { open: jest.fn(), close: jest.fn(), receive: jest.fn() };
        window.Pusher = { Runtime: { getProtocol: jest.fn() } };
        window.PusherBridge = {
            Session: jest.fn(() => session)
        };
        loadScript.mockResolvedValue();
        getConfiguration.mockResolvedValue({ status: 'ready' });
        stop = watch((status) => {
            state = `${status.state} ${status.reason}`.trim();
        });
    });

    afterEach(() => {
        document.body.replaceChildren();
        stop();
        forgetConfiguration();
        jest.clearAllMocks();
    });

    it('loads pusher-js first and the session last', async () => {
        await createBridge();
        const urls = loadScript.mock.calls.map(([, url]) => url);
        expect(urls[0]).toMatch(/pusher.*\.min\.js$/);
        expect(urls.at(-1)).toMatch(/session\.js$/);
        expect(session.open).toHaveBeenCalled();
    });

    it('tells pusher-js the protocol, which the sandbox hides', async () => {
        await createBridge();
        expect(window.Pusher.Runtime.getProtocol()).toBe('http:');
    });

    it('says what its listeners want', async () => {
        const unsubscribe = subscribe('my-channel', jest.fn());
        await createBridge();
        expect(session.receive).toHaveBeenCalledWith({
            type: 'want',
            channels: ['my-channel']
        });
        unsubscribe();
    });

    it('authorizes channels through Apex', async () => {
        await createBridge();
        const [, authorize] = window.PusherBridge.Session.mock.calls[0];
        authorize('1.2', 'private-x');
        expect(authorizeChannel).toHaveBeenCalledWith({
            socketId: '1.2',
            channelName: 'private-x'
        });
    });

    it('closes the session when it goes', async () => {
        const element = await createBridge();
        element.remove();
        expect(session.close).toHaveBeenCalled();
    });

    it('says so when a script does not load', async () => {
        loadScript.mockRejectedValue(new Error('blocked'));
        await createBridge();
        expect(state).toBe('offline script');
        loadScript.mockResolvedValue();
        resume();
        await flushPromises();
        expect(session.open).toHaveBeenCalled();
    });

    it('has one session, however many prompts notice a login', async () => {
        getConfiguration.mockResolvedValue({ status: 'login' });
        await createBridge();
        expect(state).toMatch(/^login/);
        getConfiguration.mockResolvedValue({ status: 'ready' });
        resume();
        resume();
        resume();
        await flushPromises();
        expect(session.open).toHaveBeenCalledTimes(1);
    });

    it('opens no session once it has gone, at each of its awaits', async () => {
        let answer;
        const held = () =>
            new Promise((resolve) => {
                answer = resolve;
            });
        getConfiguration.mockImplementationOnce(held);
        const element = await createBridge();
        element.remove();
        answer({ status: 'ready' });
        await flushPromises();
        expect(loadScript).not.toHaveBeenCalled();
        loadScript.mockImplementationOnce(held);
        forgetConfiguration();
        const other = await createBridge();
        other.remove();
        answer();
        await flushPromises();
        expect(session.open).not.toHaveBeenCalled();
        await createBridge();
        expect(session.open).toHaveBeenCalledTimes(1);
    });

    it('hears nothing of a session that it has closed', async () => {
        const element = await createBridge();
        const deliver = window.PusherBridge.Session.mock.calls[0].at(-1);
        element.remove();
        deliver({ type: 'state', state: 'connected', reason: '' });
        expect(state).not.toBe('connected');
    });

    it('says so when Salesforce gives no settings', async () => {
        getConfiguration.mockRejectedValue(new Error('busy'));
        await createBridge();
        expect(state).toBe('offline apex');
    });

    it('is accessible', async () => {
        await expect(await createBridge()).toBeAccessible();
    });
});
