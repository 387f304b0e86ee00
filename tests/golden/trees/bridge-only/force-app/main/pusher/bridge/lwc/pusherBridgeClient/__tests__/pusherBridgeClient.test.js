import { receive, resume, watch } from 'c/pusherChannelService';
import { forgetConfiguration } from 'c/pusherConfigurationService';
import { offerFrame } from 'c/pusherBridgeClient';
import getBridge from '@salesforce/apex/PusherBridgeHostController.getBridge';

jest.mock(
    '@salesforce/apex/PusherBridgeHostController.getBridge',
    () => ({ default: jest.fn() }),
    { virtual: true }
);

const ORIGIN = 'https://example--c.vf.force.com';
const PAGE = `${ORIGIN}/apex/PusherBridgePage`;
const CONFIGURATION = { status: 'ready', appKey: 'key' };
const BRIDGE = {
    pageUrl: PAGE,
    pageOrigin: ORIGIN,
    configuration: CONFIGURATION
};

let nonces;
let frameWindow;
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
    frameWindow = view.window;
    view.withdraw = offerFrame(view);
    withdrawals.push(view.withdraw);
    await pass();
    return view;
}

function say(data, { origin = ORIGIN, source = frameWindow } = {}) {
    const envelope = { app: 'Pusher', v: 1, nonce: 'nonce-1', ...data };
    const event = new MessageEvent('message', { data: envelope, origin });
    Object.defineProperty(event, 'source', { value: source });
    window.dispatchEvent(event);
}

async function connect() {
    const view = await createView();
    say({ type: 'ready', nonce: '' });
    say({ type: 'started' });
    return { view, post: view.window.postMessage };
}

describe('c-pusher-bridge-client', () => {
    beforeEach(() => {
        withdrawals = [];
        jest.useFakeTimers();
        nonces = 0;
        window.crypto.randomUUID = () => {
            nonces += 1;
            return `nonce-${nonces}`;
        };
        getBridge.mockResolvedValue(BRIDGE);
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
        await connect();
        say({ type: 'state', state: 'connected', reason: '' });
        expect(state).toBe('connected');
    });

    it('ignores a message from another origin', async () => {
        await connect();
        const quota = { type: 'state', state: 'quota', reason: '' };
        say(quota, { origin: 'https://evil.example.com' });
        expect(state).not.toBe('quota');
    });

    it('ignores a message from another window', async () => {
        await connect();
        const quota = { type: 'state', state: 'quota', reason: '' };
        say(quota, { source: window });
        expect(state).not.toBe('quota');
    });

    it('knows the page by its nonce where windows are wrapped', async () => {
        await createView();
        const source = { wraps: frameWindow };
        say({ type: 'ready', nonce: '' }, { source });
        say({ type: 'started' }, { source });
        const connected = { type: 'state', state: 'connected', reason: '' };
        say({ ...connected, nonce: 'other' }, { source });
        expect(state).not.toBe('connected');
        say(connected, { source });
        expect(state).toBe('connected');
    });

    it('tells the nonce to its own frame only, whoever asks', async () => {
        const view = await createView();
        say({ type: 'ready', nonce: '' }, { source: window });
        const [envelope, origin] = view.window.postMessage.mock.calls.at(-1);
        expect(envelope).toMatchObject({ type: 'init', nonce: 'nonce-1' });
        expect(origin).toBe(ORIGIN);
    });

    it('takes a new nonce when it loads the page again', async () => {
        const { post } = await connect();
        say({ type: 'failed', reason: 'script' });
        await pass(60000);
        say({ type: 'ready', nonce: '' });
        expect(post.mock.calls.at(-1)[0].nonce).toBe('nonce-2');
    });

    it('ignores a message without the nonce', async () => {
        await connect();
        const quota = { type: 'state', state: 'quota', reason: '' };
        say({ ...quota, nonce: 'other' });
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
        getBridge.mockRejectedValue(new Error('No access'));
        await createView();
        expect(state).toBe('offline apex');
    });

    it('frames nothing before there is a key', async () => {
        getBridge.mockResolvedValue({
            ...BRIDGE,
            configuration: { status: 'setup' }
        });
        const view = await createView();
        expect(view.pageUrl ?? null).toBeNull();
        expect(state).toBe('offline setup');
    });

    it('leaves a page that lacks its scripts', async () => {
        const { view } = await connect();
        say({ type: 'failed', reason: 'script' });
        await pass();
        expect(state).toBe('offline script');
        expect(view.pageUrl ?? null).toBeNull();
    });

    it('has one page loaded, however many prompts notice a login', async () => {
        getBridge.mockResolvedValue({
            ...BRIDGE,
            configuration: { status: 'login' }
        });
        const view = await createView();
        expect(state).toMatch(/^login/);
        getBridge.mockResolvedValue(BRIDGE);
        getBridge.mockClear();
        resume();
        resume();
        resume();
        await pass();
        expect(getBridge).toHaveBeenCalledTimes(1);
        say({ type: 'ready', nonce: '' });
        resume();
        say({ type: 'started', nonce: 'nonce-1' });
        await pass(15000);
        expect(view.pageUrl).toBe(PAGE);
        expect(state).not.toBe('offline bridge');
    });

    it('stays away once it was withdrawn, whatever comes then', async () => {
        let refuse;
        getBridge.mockReturnValueOnce(
            new Promise((resolve, reject) => {
                refuse = reject;
            })
        );
        const view = await createView();
        view.withdraw();
        refuse(new Error('late'));
        await pass(100000);
        expect(state).toBe('connecting');
        expect(view.pageUrl).toBeNull();
        expect(jest.getTimerCount()).toBe(0);
    });

    it('begins anew at each of its awaits', async () => {
        const answers = [];
        getBridge.mockImplementation(
            () =>
                new Promise((resolve) => {
                    answers.push(resolve);
                })
        );
        const view = await createView();
        receive({ type: 'restart' });
        await pass();
        answers[0]({ ...BRIDGE, pageUrl: 'https://old.example.com' });
        await pass();
        expect(view.pageUrl).toBeNull();
        answers[1](BRIDGE);
        await pass();
        expect(view.pageUrl).toBe(PAGE);
        say({ type: 'ready', nonce: '' });
        receive({ type: 'restart' });
        await pass(15000);
        expect(state).not.toBe('offline bridge');
        expect(view.pageUrl).toBeNull();
    });
});
