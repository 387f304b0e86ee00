import { createElement } from 'lwc';
%{ if cookiecutter.__oauth }%
import LightningConfirm from 'lightning/confirm';
%{ endif }%
import { offerHost, receive } from 'c/%[ cookiecutter.__camel ]%ChannelService';
import Status from 'c/%[ cookiecutter.__camel ]%ConnectionStatus';
%{ if cookiecutter.__oauth }%
import logOut from '@salesforce/apex/%[ cookiecutter.prefix ]%LoginController.logOut';
%{ endif }%
%{ if cookiecutter.__login }%

jest.mock(
    '@salesforce/apex/%[ cookiecutter.prefix ]%LoginController.getLogin',
    () => ({ default: jest.fn().mockResolvedValue({ isLoggedIn: false }) }),
    { virtual: true }
);
%{ endif }%
%{ if cookiecutter.__oauth }%
jest.mock(
    '@salesforce/apex/%[ cookiecutter.prefix ]%LoginController.logOut',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
%{ endif }%

function createStatus(properties) {
%{ filter fit }%
    const element = createElement('c-%[ cookiecutter.__camel ]%-connection-status', {
        is: Status
    });
%{ endfilter }%
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
%{ if cookiecutter.__oauth }%

async function chooseLogOut(element) {
    find(element, 'lightning-button-menu').dispatchEvent(
        new CustomEvent('select', { detail: { value: 'log-out' } })
    );
    await new Promise(process.nextTick);
    await Promise.resolve();
}
%{ endif }%

describe('c-%[ cookiecutter.__camel ]%-connection-status', () => {
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
%{ filter fit }%
        expect(find(element, '[data-state]').textContent).toBe(
            `c.%[ cookiecutter.prefix ]%${name}`
        );
%{ endfilter }%
        expect(find(element, 'lightning-icon').variant).toBe(variant);
    });

%{ if cookiecutter.__conversations }%
    it('does not call it well where texts may come late', async () => {
        const element = createStatus({ isDelayed: true });
        await emit('connected');
        expect(find(element, '[data-state]').textContent).toBe(
            'c.%[ cookiecutter.prefix ]%StateDelayed'
        );
%{ filter fit }%
        expect(find(element, 'p').textContent).toBe(
            'c.%[ cookiecutter.prefix ]%ReasonDelayed'
        );
%{ endfilter }%
        expect(find(element, 'lightning-icon').variant).toBe('warning');
        await emit('offline', 'network');
        expect(find(element, '[data-state]').textContent).toBe(
            'c.%[ cookiecutter.prefix ]%StateOffline'
        );
    });

%{ endif }%
    it('says what helps against a blocked connection', async () => {
        const element = createStatus();
        await emit('offline', 'blocked');
%{ filter fit }%
        expect(find(element, 'p').textContent).toBe(
            'c.%[ cookiecutter.prefix ]%ReasonBlocked'
        );
%{ endfilter }%
    });

    it('says what to do about too many connections', async () => {
        const element = createStatus();
        await emit('quota');
%{ filter fit }%
        expect(find(element, 'p').textContent).toBe(
            'c.%[ cookiecutter.prefix ]%ReasonQuota'
        );
%{ endfilter }%
    });

    it('tries again when asked to', async () => {
        const element = createStatus();
        await emit('offline', 'network');
        find(element, 'lightning-button').click();
        expect(host.send).toHaveBeenCalledWith({ type: 'resume' });
    });
%{ if cookiecutter.__oauth }%

    it('offers to log out in one place only, and not beside a login', async () => {
        const plain = createStatus();
        const element = createStatus({ hasMenu: true });
        await emit('connected');
        expect(find(plain, 'lightning-button-menu')).toBeNull();
        expect(find(element, 'lightning-button-menu')).not.toBeNull();
        await emit('login');
        expect(find(element, 'lightning-button-menu')).toBeNull();
    });

    it('asks before it logs out', async () => {
        const open = jest.spyOn(LightningConfirm, 'open');
        open.mockResolvedValue(false);
        const element = createStatus({ hasMenu: true });
        await emit('connected');
        await chooseLogOut(element);
%{ filter fit }%
        expect(open.mock.calls[0][0].message).toBe(
            'c.%[ cookiecutter.prefix ]%LogOutQuestion'
        );
%{ endfilter }%
        expect(logOut).not.toHaveBeenCalled();
    });

    it('has all tabs begin anew after a log-out', async () => {
        jest.spyOn(LightningConfirm, 'open').mockResolvedValue(true);
        const element = createStatus({ hasMenu: true });
        await emit('connected');
        logOut.mockResolvedValue({ isLoggedIn: false });
        await chooseLogOut(element);
        expect(host.send).toHaveBeenCalledWith({ type: 'restart' });
    });

    it('shows why a log-out failed', async () => {
        jest.spyOn(LightningConfirm, 'open').mockResolvedValue(true);
        const element = createStatus({ hasMenu: true });
        await emit('connected');
        logOut.mockRejectedValue({ body: { message: 'Busy' } });
        await chooseLogOut(element);
        expect(find(element, '[role="alert"]').textContent).toBe('Busy');
    });
%{ endif }%
%{ if cookiecutter.__login }%

    it('asks for a login when there is none', async () => {
        const element = createStatus();
        await emit('login');
        expect(find(element, 'c-%[ cookiecutter.__camel ]%-login-prompt')).not.toBeNull();
    });
%{ endif }%

    it('is accessible', async () => {
        const element = createStatus();
        await emit('offline', 'network');
        await expect(element).toBeAccessible();
    });
});
