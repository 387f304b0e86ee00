import { createElement } from 'lwc';
import { offerHost, receive } from 'c/%[ cookiecutter.__camel ]%Channels';
import Status from 'c/%[ cookiecutter.__camel ]%Status';
%{ if cookiecutter.__oauth }%
import logOut from '@salesforce/apex/%[ cookiecutter.prefix ]%LoginController.logOut';

jest.mock(
    '@salesforce/apex/%[ cookiecutter.prefix ]%LoginController.logOut',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
%{ endif }%

function createStatus() {
    const element = createElement('c-%[ cookiecutter.__camel ]%-status', { is: Status });
    document.body.appendChild(element);
    return element;
}

async function tell(state, reason = '') {
    receive({ type: 'state', state, reason });
    await Promise.resolve();
}

describe('c-%[ cookiecutter.__camel ]%-status', () => {
    afterEach(() => {
        document.body.replaceChildren();
    });

    it('shows each state by name', async () => {
        const element = createStatus();
        const shown = element.shadowRoot.querySelector('[data-state]');
        await tell('connected');
        expect(shown.textContent).toBe('c.%[ cookiecutter.prefix ]%StateConnected');
        await tell('reconnecting');
        expect(shown.textContent).toBe('c.%[ cookiecutter.prefix ]%StateReconnecting');
        await tell('quota');
        expect(shown.textContent).toBe('c.%[ cookiecutter.prefix ]%StateQuota');
    });

    it('says what helps against a blocked connection', async () => {
        const element = createStatus();
        await tell('offline', 'blocked');
        expect(element.shadowRoot.querySelector('p').textContent).toBe(
            'c.%[ cookiecutter.prefix ]%ReasonBlocked'
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
%{ if cookiecutter.__oauth }%

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
%{ endif }%
%{ if cookiecutter.__login }%

    it('asks for a login when there is none', async () => {
        const element = createStatus();
        await tell('login');
        const { shadowRoot } = element;
        const prompt = shadowRoot.querySelector('c-%[ cookiecutter.__camel ]%-login');
        expect(prompt).not.toBeNull();
    });
%{ endif }%

    it('is accessible', async () => {
        const element = createStatus();
        await tell('offline', 'network');
        await expect(element).toBeAccessible();
    });
});
