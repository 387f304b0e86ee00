import { resume, watch } from 'c/pusherChannels';
import { forgetConfiguration } from 'c/pusherConfiguration';
import { offerFrame } from 'c/pusherFrame';
import getConfiguration from '@salesforce/apex/PusherBridgeController.getConfiguration';
import getBridge from '@salesforce/apex/PusherBridgeHostController.getBridge';

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
let withdrawals;

async function pass(milliseconds = 0) {
    await jest.advanceTimersByTimeAsync(milliseconds);
}

async function createView() {
    const view = {
        window: { postMessage: jest.fn() },
        show: (pageUrl) => {
            view.pageUrl = pageUrl;
        },
        getWindow: () => view.window
    };
    view.withdraw = offerFrame(view);
    withdrawals.push(view.withdraw);
    await pass();
    return view;
}

function say(view, data, { origin = ORIGIN, source } = {}) {
    const envelope = { app: 'Pusher', v: 1, nonce: 'nonce-1', ...data };
    const event = new MessageEvent('message', { data: envelope, origin });
    Object.defineProperty(event, 'source', { value: source ?? view.window });
    window.dispatchEvent(event);
}

async function connect() {
    const view = await createView();
    say(view, { type: 'ready', nonce: '' });
    say(view, { type: 'started' });
    return { view, post: view.window.postMessage };
}

describe('c-pusher-frame', () => {
    beforeEach(() => {
        withdrawals = [];
        jest.useFakeTimers();
        window.crypto.randomUUID = () => 'nonce-1';
        getConfiguration.mockResolvedValue(CONFIGURATION);
        getBridge.mockResolvedValue({ pageUrl: PAGE, pageOrigin: ORIGIN });
        stop = watch((status) => {
            state = `${status.state} ${status.reason}`.trim();
        });
    });

    afterEach(() => {
        withdrawals.forEach((withdraw) => withdraw());
        stop();
        forgetConfiguration();
        jest.clearAllMocks();
        jest.useRealTimers();
    });

    it('frames the page by its absolute address', async () => {
        const view = await createView();
        expect(view.pageUrl).toBe(PAGE);
    });

    it('greets the page with a nonce, to its origin only', async () => {
        const { post } = await connect();
        const [envelope, origin] = post.mock.calls[0];
        expect(envelope).toMatchObject({ type: 'init', nonce: 'nonce-1' });
        expect(origin).toBe(ORIGIN);
    });

    it('hands on what the page tells', async () => {
        const { view } = await connect();
        say(view, { type: 'state', state: 'connected', reason: '' });
        expect(state).toBe('connected');
    });

    it('ignores a message from another origin', async () => {
        const { view } = await connect();
        const quota = { type: 'state', state: 'quota', reason: '' };
        say(view, quota, { origin: 'https://evil.example.com' });
        expect(state).not.toBe('quota');
    });

    it('ignores a message from another window', async () => {
        const { view } = await connect();
        const quota = { type: 'state', state: 'quota', reason: '' };
        say(view, quota, { source: window });
        expect(state).not.toBe('quota');
    });

    it('ignores a message without the nonce', async () => {
        const { view } = await connect();
        const quota = { type: 'state', state: 'quota', reason: '' };
        say(view, { ...quota, nonce: 'other' });
        expect(state).not.toBe('quota');
    });

    it('frames one page, however many widgets a tab shows', async () => {
        const first = await createView();
        const second = await createView();
        expect(first.pageUrl).toBe(PAGE);
        expect(second.pageUrl).toBeUndefined();
        first.withdraw();
        withdrawals.shift();
        await pass();
        expect(first.pageUrl).toBeNull();
        expect(second.pageUrl).toBe(PAGE);
    });

    it('says so when the page does not answer, and loads it again', async () => {
        const view = await createView();
        await pass(15000);
        expect(state).toBe('offline bridge');
        expect(view.pageUrl ?? null).toBeNull();
        await pass(60000);
        expect(view.pageUrl).toBe(PAGE);
    });

    it('says so when Apex gives no settings', async () => {
        getConfiguration.mockRejectedValue(new Error('No access'));
        await createView();
        expect(state).toBe('offline apex');
    });

    it('frames nothing before there is a key', async () => {
        getConfiguration.mockResolvedValue({ status: 'setup' });
        const view = await createView();
        expect(view.pageUrl ?? null).toBeNull();
        expect(state).toBe('offline setup');
    });

    it('starts once the user has logged in', async () => {
        getConfiguration.mockResolvedValueOnce({ status: 'login' });
        const view = await createView();
        expect(state).toBe('login login');
        forgetConfiguration();
        resume();
        await pass();
        expect(view.pageUrl).toBe(PAGE);
    });

    it('leaves a page that lacks its scripts', async () => {
        const { view } = await connect();
        say(view, { type: 'failed', reason: 'script' });
        await pass();
        expect(state).toBe('offline script');
        expect(view.pageUrl ?? null).toBeNull();
    });

    it('leaves a page whose session has ended', async () => {
        const { view } = await connect();
        say(view, { type: 'expired' });
        await pass();
        expect(state).toBe('offline session');
        expect(view.pageUrl ?? null).toBeNull();
    });
});
