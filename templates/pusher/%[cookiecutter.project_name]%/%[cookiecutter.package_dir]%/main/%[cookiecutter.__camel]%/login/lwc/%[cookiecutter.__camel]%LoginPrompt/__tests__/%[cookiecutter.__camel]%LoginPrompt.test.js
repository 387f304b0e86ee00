import { createElement } from 'lwc';
import { offerHost } from 'c/%[ cookiecutter.__camel ]%ChannelService';
import Login from 'c/%[ cookiecutter.__camel ]%LoginPrompt';
import getLogin from '@salesforce/apex/%[ cookiecutter.prefix ]%LoginController.getLogin';

jest.mock(
    '@salesforce/apex/%[ cookiecutter.prefix ]%LoginController.getLogin',
    () => ({ default: jest.fn() }),
    { virtual: true }
);

const loginUrl = 'https://texting.example.com/authorize';

describe('c-%[ cookiecutter.__camel ]%-login-prompt', () => {
    let open;

    async function createLogin() {
%{ filter fit }%
        const element = createElement('c-%[ cookiecutter.__camel ]%-login-prompt', {
            is: Login
        });
%{ endfilter }%
        document.body.appendChild(element);
        await jest.advanceTimersByTimeAsync(0);
        return element;
    }

    function buttonOf(element) {
        return element.shadowRoot.querySelector('lightning-button');
    }

    function alertOf(element) {
        return element.shadowRoot.querySelector('[role="alert"]');
    }

    beforeEach(() => {
        jest.useFakeTimers();
        open = jest.spyOn(window, 'open').mockReturnValue({});
        getLogin.mockResolvedValue({ isLoggedIn: false, loginUrl });
    });

    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
        jest.useRealTimers();
    });

    it('opens the login at the click itself', async () => {
        const element = await createLogin();
        buttonOf(element).click();
        expect(open).toHaveBeenCalledWith(loginUrl, '_blank');
        await Promise.resolve();
        expect(alertOf(element)).toBeNull();
    });

    it('says so where the browser has blocked the window', async () => {
        open.mockReturnValue(null);
        const element = await createLogin();
        buttonOf(element).click();
        await Promise.resolve();
%{ filter fit }%
        expect(alertOf(element).textContent).toBe(
            'c.%[ cookiecutter.prefix ]%LoginBlocked'
        );
%{ endfilter }%
    });

    it('asks for a fresh address as long as it stands', async () => {
        const element = await createLogin();
        await jest.advanceTimersByTimeAsync(600000);
        expect(getLogin).toHaveBeenCalledTimes(2);
        element.remove();
        await jest.advanceTimersByTimeAsync(1200000);
        expect(getLogin).toHaveBeenCalledTimes(2);
    });

    it('connects again when the user comes back logged in', async () => {
        const host = { open: jest.fn(), close: jest.fn(), send: jest.fn() };
        const withdraw = offerHost(host);
        await createLogin();
        window.dispatchEvent(new CustomEvent('focus'));
        await jest.advanceTimersByTimeAsync(0);
        expect(host.send).not.toHaveBeenCalled();
        getLogin.mockResolvedValue({ isLoggedIn: true, loginUrl: null });
        window.dispatchEvent(new CustomEvent('focus'));
        await jest.advanceTimersByTimeAsync(0);
        expect(host.send).toHaveBeenCalledWith({ type: 'resume' });
        withdraw();
    });

    it('does nothing with an answer that comes after it is gone', async () => {
        const host = { open: jest.fn(), close: jest.fn(), send: jest.fn() };
        const withdraw = offerHost(host);
        getLogin.mockResolvedValue({ isLoggedIn: true, loginUrl: null });
%{ filter fit }%
        const element = createElement('c-%[ cookiecutter.__camel ]%-login-prompt', {
            is: Login
        });
%{ endfilter }%
        document.body.appendChild(element);
        element.remove();
        await jest.advanceTimersByTimeAsync(0);
        expect(host.send).not.toHaveBeenCalled();
        withdraw();
    });

    it('says why there is no address, and asks again at the click', async () => {
        getLogin.mockRejectedValueOnce({ body: { message: 'No client id' } });
        const element = await createLogin();
        expect(alertOf(element).textContent).toBe('No client id');
        buttonOf(element).click();
        await jest.advanceTimersByTimeAsync(0);
        expect(alertOf(element)).toBeNull();
        expect(open).not.toHaveBeenCalled();
        buttonOf(element).click();
        expect(open).toHaveBeenCalledWith(loginUrl, '_blank');
    });

    it('is accessible', async () => {
        const element = await createLogin();
        jest.useRealTimers();
        await expect(element).toBeAccessible();
    });
});
