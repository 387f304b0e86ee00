import { createElement } from 'lwc';
import { offerHost, receive } from 'c/pusherChannels';
import Status from 'c/pusherStatus';

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
