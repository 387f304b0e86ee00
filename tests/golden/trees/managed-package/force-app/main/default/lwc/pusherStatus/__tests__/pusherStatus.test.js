import { createElement } from 'lwc';
import { offerHost, receive } from 'c/pusherChannels';
import Status from 'c/pusherStatus';
import logOut from '@salesforce/apex/PusherLoginController.logOut';

jest.mock(
    '@salesforce/apex/PusherLoginController.logOut',
    () => ({ default: jest.fn() }),
    { virtual: true }
);

function createStatus() {
    const element = createElement('c-pusher-status', { is: Status });
    document.body.appendChild(element);
    return element;
}

async function tell(state, reason = '') {
    receive({ type: 'state', state, reason });
    await Promise.resolve();
}

describe('c-pusher-status', () => {
    afterEach(() => {
        document.body.replaceChildren();
    });

    it('shows each state by name', async () => {
        const element = createStatus();
        const shown = element.shadowRoot.querySelector('[data-state]');
        await tell('connected');
        expect(shown.textContent).toBe('c.PusherStateConnected');
        await tell('reconnecting');
        expect(shown.textContent).toBe('c.PusherStateReconnecting');
        await tell('quota');
        expect(shown.textContent).toBe('c.PusherStateQuota');
    });

    it('says what helps against a blocked connection', async () => {
        const element = createStatus();
        await tell('offline', 'blocked');
        expect(element.shadowRoot.querySelector('p').textContent).toBe(
            'c.PusherReasonBlocked'
        );
    });

    it('tries again when asked to', async () => {
        const host = { open: jest.fn(), close: jest.fn(), send: jest.fn() };
        const withdraw = offerHost(host);
        const element = createStatus();
        await tell('offline', 'network');
        element.shadowRoot.querySelector('lightning-button').click();
        expect(host.send).toHaveBeenCalledWith({ type: 'resume' });
        withdraw();
    });

    it('has all tabs begin anew after a log-out', async () => {
        const host = { open: jest.fn(), close: jest.fn(), send: jest.fn() };
        const withdraw = offerHost(host);
        const element = createStatus();
        await tell('connected');
        logOut.mockResolvedValue({ status: 'login' });
        element.shadowRoot.querySelector('lightning-button').click();
        await new Promise(process.nextTick);
        expect(host.send).toHaveBeenCalledWith({ type: 'restart' });
        withdraw();
    });

    it('shows why a log-out failed', async () => {
        const element = createStatus();
        await tell('connected');
        logOut.mockRejectedValue({ body: { message: 'Busy' } });
        element.shadowRoot.querySelector('lightning-button').click();
        await new Promise(process.nextTick);
        await Promise.resolve();
        const alert = element.shadowRoot.querySelector('[role="alert"]');
        expect(alert.textContent).toBe('Busy');
    });

    it('asks for a login when there is none', async () => {
        const element = createStatus();
        await tell('login');
        const { shadowRoot } = element;
        const prompt = shadowRoot.querySelector('c-pusher-login');
        expect(prompt).not.toBeNull();
    });

    it('is accessible', async () => {
        const element = createStatus();
        await tell('offline', 'network');
        await expect(element).toBeAccessible();
    });
});
