import { createElement } from 'lwc';
import { offerHost, receive } from 'c/pusherChannelService';
import Status from 'c/pusherConnectionStatus';

function createStatus(properties) {
    const element = createElement('c-pusher-connection-status', { is: Status });
    Object.assign(element, properties);
    document.body.appendChild(element);
    return element;
}

function find(element, selector) {
    return element.shadowRoot.querySelector(selector);
}

async function emit(state, reason = '') {
    receive({ type: 'state', state, reason });
    await Promise.resolve();
}

describe('c-pusher-connection-status', () => {
    let host;
    let withdraw;

    beforeEach(() => {
        host = { open: jest.fn(), close: jest.fn(), send: jest.fn() };
        withdraw = offerHost(host);
    });

    afterEach(() => {
        withdraw();
        document.body.replaceChildren();
        jest.restoreAllMocks();
    });

    it.each([
        ['connected', 'StateConnected', 'success'],
        ['reconnecting', 'StateReconnecting', 'warning'],
        ['quota', 'StateQuota', 'warning'],
        ['offline', 'StateOffline', 'error']
    ])('shows %s by name and colour', async (state, name, variant) => {
        const element = createStatus();
        await emit(state);
        expect(find(element, '[data-state]').textContent).toBe(
            `c.Pusher${name}`
        );
        expect(find(element, 'lightning-icon').variant).toBe(variant);
    });

    it('says what helps against a blocked connection', async () => {
        const element = createStatus();
        await emit('offline', 'blocked');
        expect(find(element, 'p').textContent).toBe('c.PusherReasonBlocked');
    });

    it('says what to do about too many connections', async () => {
        const element = createStatus();
        await emit('quota');
        expect(find(element, 'p').textContent).toBe('c.PusherReasonQuota');
    });

    it('tries again when asked to', async () => {
        const element = createStatus();
        await emit('offline', 'network');
        find(element, 'lightning-button').click();
        expect(host.send).toHaveBeenCalledWith({ type: 'resume' });
    });

    it('is accessible', async () => {
        const element = createStatus();
        await emit('offline', 'network');
        await expect(element).toBeAccessible();
    });
});
