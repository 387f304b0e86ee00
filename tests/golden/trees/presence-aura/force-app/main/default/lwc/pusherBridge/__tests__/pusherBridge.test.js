import { createElement } from 'lwc';
import Bridge from 'c/pusherBridge';
import { watch } from 'c/pusherChannels';
import { forgetConfiguration } from 'c/pusherConfiguration';
import authorizeChannel from '@salesforce/apex/PusherBridgeController.authorizeChannel';
import getConfiguration from '@salesforce/apex/PusherBridgeController.getConfiguration';
import getBridge from '@salesforce/apex/PusherBridgeHostController.getBridge';

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
jest.mock(
    '@salesforce/apex/PusherBridgeHostController.getBridge',
    () => ({ default: jest.fn() }),
    { virtual: true }
);

const ORIGIN = 'https://example--c.vf.force.com';
const PAGE = `${ORIGIN}/apex/PusherBridge`;
const CONFIGURATION = { status: 'ready', appKey: 'key' };

let state;
let stop;

async function pass(milliseconds = 0) {
    await jest.advanceTimersByTimeAsync(milliseconds);
}

async function createBridge() {
    const element = createElement('c-pusher-bridge', { is: Bridge });
    document.body.appendChild(element);
    await pass();
    return element;
}

function findFrame(element) {
    return element.shadowRoot.querySelector('iframe');
}

function say(element, data, { origin = ORIGIN, source } = {}) {
    const { contentWindow } = findFrame(element);
    const envelope = { app: 'Pusher', v: 1, nonce: 'nonce-1', ...data };
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

describe('c-pusher-bridge', () => {
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

    it('is accessible', async () => {
        const element = await createBridge();
        expect(findFrame(element).title).toBe('c.PusherBridgeTitle');
        findFrame(element).remove();
        jest.useRealTimers();
        await expect(element).toBeAccessible();
    });
});
