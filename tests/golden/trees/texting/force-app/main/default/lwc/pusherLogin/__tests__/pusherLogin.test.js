import { createElement } from 'lwc';
import { offerHost } from 'c/pusherChannels';
import Login from 'c/pusherLogin';
import getLoginState from '@salesforce/apex/PusherLoginController.getLoginState';
import start from '@salesforce/apex/PusherLoginController.start';

const mockNavigate = jest.fn();

jest.mock(
    '@salesforce/apex/PusherLoginController.getLoginState',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/PusherLoginController.start',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock('lightning/navigation', () => {
    const Navigate = Symbol('Navigate');
    const NavigationMixin = (Base) =>
        class extends Base {
            [Navigate](target) {
                mockNavigate(target);
            }
        };
    NavigationMixin.Navigate = Navigate;
    return { NavigationMixin };
});

function createLogin() {
    const element = createElement('c-pusher-login', { is: Login });
    document.body.appendChild(element);
    return element;
}

async function flushPromises() {
    await new Promise(process.nextTick);
}

describe('c-pusher-login', () => {
    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
    });

    it('opens the authorization page', async () => {
        start.mockResolvedValue('https://texting.example.com/authorize');
        const element = createLogin();
        element.shadowRoot.querySelector('lightning-button').click();
        await flushPromises();
        expect(mockNavigate).toHaveBeenCalledWith({
            type: 'standard__webPage',
            attributes: { url: 'https://texting.example.com/authorize' }
        });
    });

    it('connects again when the user comes back logged in', async () => {
        const host = { open: jest.fn(), close: jest.fn(), send: jest.fn() };
        const withdraw = offerHost(host);
        createLogin();
        getLoginState.mockResolvedValueOnce({ status: 'login' });
        window.dispatchEvent(new CustomEvent('focus'));
        await flushPromises();
        expect(host.send).not.toHaveBeenCalled();
        getLoginState.mockResolvedValueOnce({ status: 'authorized' });
        window.dispatchEvent(new CustomEvent('focus'));
        await flushPromises();
        expect(host.send).toHaveBeenCalledWith({ type: 'resume' });
        withdraw();
    });

    it('shows why it could not start', async () => {
        start.mockRejectedValue({ body: { message: 'No client id' } });
        const element = createLogin();
        element.shadowRoot.querySelector('lightning-button').click();
        await flushPromises();
        const alert = element.shadowRoot.querySelector('[role="alert"]');
        expect(alert.textContent).toBe('No client id');
    });

    it('is accessible', async () => {
        await expect(createLogin()).toBeAccessible();
    });
});
