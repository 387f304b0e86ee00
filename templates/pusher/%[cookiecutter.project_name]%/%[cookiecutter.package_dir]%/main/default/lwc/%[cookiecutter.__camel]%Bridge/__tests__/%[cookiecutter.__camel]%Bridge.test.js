%{ if cookiecutter.__visualforce }%
import { createElement } from 'lwc';
import Bridge from 'c/%[ cookiecutter.__camel ]%Bridge';
%{ if cookiecutter.__login }%
import { resume, watch } from 'c/%[ cookiecutter.__camel ]%Channels';
%{ else }%
import { watch } from 'c/%[ cookiecutter.__camel ]%Channels';
%{ endif }%
import { forgetConfiguration } from 'c/%[ cookiecutter.__camel ]%Configuration';
%{ if cookiecutter.__authorizes }%
import authorizeChannel from '@salesforce/apex/%[ cookiecutter.prefix ]%BridgeController.authorizeChannel';
%{ endif }%
import getConfiguration from '@salesforce/apex/%[ cookiecutter.prefix ]%BridgeController.getConfiguration';
import getBridge from '@salesforce/apex/%[ cookiecutter.prefix ]%BridgeHostController.getBridge';

%{ if cookiecutter.__authorizes }%
jest.mock(
    '@salesforce/apex/%[ cookiecutter.prefix ]%BridgeController.authorizeChannel',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
%{ elif cookiecutter.__bearer and not cookiecutter.__remoting }%
jest.mock(
    '@salesforce/apex/%[ cookiecutter.prefix ]%BridgeController.getAccessToken',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
%{ endif }%
jest.mock(
    '@salesforce/apex/%[ cookiecutter.prefix ]%BridgeController.getConfiguration',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/%[ cookiecutter.prefix ]%BridgeHostController.getBridge',
    () => ({ default: jest.fn() }),
    { virtual: true }
);

const ORIGIN = 'https://example--c.vf.force.com';
const PAGE = `${ORIGIN}/apex/%[ cookiecutter.prefix ]%Bridge`;
const CONFIGURATION = { status: 'ready', appKey: 'key' };

let state;
let stop;

async function pass(milliseconds = 0) {
    await jest.advanceTimersByTimeAsync(milliseconds);
}

async function createBridge() {
    const element = createElement('c-%[ cookiecutter.__camel ]%-bridge', { is: Bridge });
    document.body.appendChild(element);
    await pass();
    return element;
}

function findFrame(element) {
    return element.shadowRoot.querySelector('iframe');
}

function say(element, data, { origin = ORIGIN, source } = {}) {
    const { contentWindow } = findFrame(element);
    const envelope = { app: '%[ cookiecutter.prefix ]%', v: 1, nonce: 'nonce-1', ...data };
    const event = new MessageEvent('message', { data: envelope, origin });
    Object.defineProperty(event, 'source', { value: source ?? contentWindow });
    window.dispatchEvent(event);
}

async function connect() {
    const element = await createBridge();
    const post = jest.fn();
    Object.defineProperty(findFrame(element), 'contentWindow', {
        value: { postMessage: post }
    });
    say(element, { type: 'ready', nonce: '' });
    say(element, { type: 'started' });
    return { element, post };
}

describe('c-%[ cookiecutter.__camel ]%-bridge', () => {
    beforeEach(() => {
        jest.useFakeTimers();
        window.crypto.randomUUID = () => 'nonce-1';
        getConfiguration.mockResolvedValue(CONFIGURATION);
        getBridge.mockResolvedValue({ pageUrl: PAGE, pageOrigin: ORIGIN });
        stop = watch((status) => {
            state = `${status.state} ${status.reason}`.trim();
        });
    });

    afterEach(() => {
        document.body.replaceChildren();
        stop();
        forgetConfiguration();
        jest.clearAllMocks();
        jest.useRealTimers();
    });

    it('frames the page by its absolute address', async () => {
        const element = await createBridge();
        expect(findFrame(element).src).toBe(PAGE);
    });

    it('greets the page with a nonce, to its origin only', async () => {
        const { post } = await connect();
        const [envelope, origin] = post.mock.calls[0];
        expect(envelope).toMatchObject({ type: 'init', nonce: 'nonce-1' });
        expect(origin).toBe(ORIGIN);
    });

    it('hands on what the page tells', async () => {
        const { element } = await connect();
        say(element, { type: 'state', state: 'connected', reason: '' });
        expect(state).toBe('connected');
    });

    it('ignores a message from another origin', async () => {
        const { element } = await connect();
        const quota = { type: 'state', state: 'quota', reason: '' };
        say(element, quota, { origin: 'https://evil.example.com' });
        expect(state).not.toBe('quota');
    });

    it('ignores a message from another window', async () => {
        const { element } = await connect();
        const quota = { type: 'state', state: 'quota', reason: '' };
        say(element, quota, { source: window });
        expect(state).not.toBe('quota');
    });

    it('ignores a message without the nonce', async () => {
        const { element } = await connect();
        const quota = { type: 'state', state: 'quota', reason: '' };
        say(element, { ...quota, nonce: 'other' });
        expect(state).not.toBe('quota');
    });

    it('frames one page, however many widgets a tab shows', async () => {
        const first = await createBridge();
        const second = await createBridge();
        expect(findFrame(first)).not.toBeNull();
        expect(findFrame(second)).toBeNull();
        first.remove();
        await pass();
        expect(findFrame(second).src).toBe(PAGE);
    });

    it('says so when the page does not answer, and loads it again', async () => {
        const element = await createBridge();
        await pass(15000);
        expect(state).toBe('offline bridge');
        expect(findFrame(element)).toBeNull();
        await pass(60000);
        expect(findFrame(element).src).toBe(PAGE);
    });

    it('says so when Apex gives no settings', async () => {
        getConfiguration.mockRejectedValue(new Error('No access'));
        await createBridge();
        expect(state).toBe('offline apex');
    });

    it('frames nothing before there is a key', async () => {
        getConfiguration.mockResolvedValue({ status: 'setup' });
        const element = await createBridge();
        expect(findFrame(element)).toBeNull();
        expect(state).toBe('offline setup');
    });
%{ if cookiecutter.__login }%

    it('starts once the user has logged in', async () => {
        getConfiguration.mockResolvedValueOnce({ status: 'login' });
        const element = await createBridge();
        expect(state).toBe('login login');
        forgetConfiguration();
        resume();
        await pass();
        expect(findFrame(element).src).toBe(PAGE);
    });
%{ endif }%
%{ if cookiecutter.__authorizes }%

    it('asks Apex for the page and answers it', async () => {
        const { element, post } = await connect();
        authorizeChannel.mockResolvedValue({ status: 'authorized' });
        const parameters = { socketId: '1.2', channelName: 'private-x' };
        const call = { type: 'call', method: 'authorizeChannel', parameters };
        say(element, { ...call, id: 1 });
        await pass();
        expect(authorizeChannel).toHaveBeenCalledWith(parameters);
        expect(post.mock.calls.at(-1)[0]).toMatchObject({
            type: 'answer',
            id: 1,
            result: { status: 'authorized' }
        });
    });

    it('answers with the error, and knows no other method', async () => {
        const { element, post } = await connect();
        authorizeChannel.mockRejectedValue({ body: { message: 'Busy' } });
        const call = { type: 'call', parameters: {} };
        say(element, { ...call, id: 1, method: 'authorizeChannel' });
        say(element, { ...call, id: 2, method: 'constructor' });
        await pass();
        const answers = post.mock.calls.slice(-2);
        const errors = answers.map(([answer]) => answer.error);
        expect(errors).toContain('Busy');
        expect(errors.every(Boolean)).toBe(true);
    });
%{ endif }%
%{ if cookiecutter.__remoting }%

    it('leaves a page whose session has ended', async () => {
        const { element } = await connect();
        say(element, { type: 'expired' });
        await pass();
        expect(state).toBe('offline session');
        expect(findFrame(element)).toBeNull();
    });
%{ endif }%

    it('is accessible', async () => {
        const element = await createBridge();
        expect(findFrame(element).title).toBe('c.%[ cookiecutter.prefix ]%BridgeTitle');
        findFrame(element).remove();
        jest.useRealTimers();
        await expect(element).toBeAccessible();
    });
});
%{ else }%
import { createElement } from 'lwc';
import { loadScript } from 'lightning/platformResourceLoader';
import Bridge from 'c/%[ cookiecutter.__camel ]%Bridge';
import { listen, watch } from 'c/%[ cookiecutter.__camel ]%Channels';
import { forgetConfiguration } from 'c/%[ cookiecutter.__camel ]%Configuration';
%{ if cookiecutter.__authorizes }%
import authorizeChannel from '@salesforce/apex/%[ cookiecutter.prefix ]%BridgeController.authorizeChannel';
%{ endif }%
import getConfiguration from '@salesforce/apex/%[ cookiecutter.prefix ]%BridgeController.getConfiguration';

%{ if cookiecutter.__authorizes }%
jest.mock(
    '@salesforce/apex/%[ cookiecutter.prefix ]%BridgeController.authorizeChannel',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
%{ elif cookiecutter.__bearer }%
jest.mock(
    '@salesforce/apex/%[ cookiecutter.prefix ]%BridgeController.getAccessToken',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
%{ endif }%
jest.mock(
    '@salesforce/apex/%[ cookiecutter.prefix ]%BridgeController.getConfiguration',
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
    const element = createElement('c-%[ cookiecutter.__camel ]%-bridge', { is: Bridge });
    document.body.appendChild(element);
    await flushPromises();
    return element;
}

describe('c-%[ cookiecutter.__camel ]%-bridge', () => {
    let session;

    beforeEach(() => {
        session = { open: jest.fn(), close: jest.fn(), receive: jest.fn() };
        window.Pusher = { Runtime: { getProtocol: jest.fn() } };
        window.%[ cookiecutter.prefix ]%Bridge = {
%{ if cookiecutter.__bearer }%
            Authorizer: jest.fn(),
%{ endif }%
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
        const stopListening = listen('my-channel', jest.fn());
        await createBridge();
        expect(session.receive).toHaveBeenCalledWith({
            type: 'want',
            channels: ['my-channel']
        });
        stopListening();
    });
%{ if cookiecutter.__authorizes }%

    it('authorizes channels through Apex', async () => {
        await createBridge();
        const [, authorize] = window.%[ cookiecutter.prefix ]%Bridge.Session.mock.calls[0];
        authorize('1.2', 'private-x');
        expect(authorizeChannel).toHaveBeenCalledWith({
            socketId: '1.2',
            channelName: 'private-x'
        });
    });
%{ endif }%

    it('closes the session when it goes', async () => {
        const element = await createBridge();
        element.remove();
        expect(session.close).toHaveBeenCalled();
    });

    it('says so when a script does not load', async () => {
        loadScript.mockRejectedValue(new Error('blocked'));
        await createBridge();
        expect(state).toBe('offline script');
    });

    it('is accessible', async () => {
        await expect(await createBridge()).toBeAccessible();
    });
});
%{ endif }%
