import { createElement } from 'lwc';
import Setup from 'c/%[ cookiecutter.__camel ]%Setup';
import getSetup from '@salesforce/apex/%[ cookiecutter.prefix ]%SetupController.getSetup';
import saveSettings from '@salesforce/apex/%[ cookiecutter.prefix ]%SetupController.saveSettings';
%{ if cookiecutter.__secret }%
import testConnection from '@salesforce/apex/%[ cookiecutter.prefix ]%SetupController.testConnection';
%{ endif }%

jest.mock(
    '@salesforce/apex/%[ cookiecutter.prefix ]%SetupController.getSetup',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/%[ cookiecutter.prefix ]%SetupController.saveSettings',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
%{ if cookiecutter.__secret }%
jest.mock(
    '@salesforce/apex/%[ cookiecutter.prefix ]%SetupController.testConnection',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
%{ endif }%

const SETUP = {
%{ if cookiecutter.__oauth }%
    callbackUrl: 'https://page.example.com/apex/%[ cookiecutter.prefix ]%LoginPage',
%{ endif }%
    settings: { appKey: 'key', cluster: 'eu' }
};

async function createSetup(changes = {}) {
    getSetup.mockResolvedValue({ ...SETUP, ...changes });
    const element = createElement('c-%[ cookiecutter.__camel ]%-setup', { is: Setup });
    document.body.appendChild(element);
    await flushPromises();
    return element;
}

async function flushPromises() {
    await new Promise(process.nextTick);
}

function find(element, name) {
    return element.shadowRoot.querySelector(`[data-name="${name}"]`);
}

async function change(element, name, value) {
    find(element, name).dispatchEvent(
        new CustomEvent('change', { detail: { value } })
    );
    await flushPromises();
}

async function press(element, name) {
    element.shadowRoot.querySelector(`[data-${name}]`).click();
    await flushPromises();
}

function readStatus(element) {
    return [...element.shadowRoot.querySelectorAll('[role="status"]')]
        .at(-1)
        .textContent.trim();
}

describe('c-%[ cookiecutter.__camel ]%-setup', () => {
    beforeEach(() => {
        saveSettings.mockResolvedValue(SETUP);
    });

    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
    });

    it('shows what is stored, in groups', async () => {
        const element = await createSetup();
        expect(find(element, 'appKey').value).toBe('key');
        expect(find(element, 'cluster').value).toBe('eu');
        const groups = [
            ...element.shadowRoot.querySelectorAll('[data-group]')
        ].map((group) => group.dataset.group);
        expect(groups[0]).toBe('pusher');
%{ if cookiecutter.__oauth }%
        expect(groups).toContain('application');
%{ endif }%
%{ if cookiecutter.__beams }%
        expect(groups).toContain('beams');
%{ endif }%
    });

    it('marks what has to be entered', async () => {
        const element = await createSetup();
        expect(find(element, 'appKey').required).toBe(true);
%{ if cookiecutter.__secret }%
        expect(find(element, 'secret').required).toBe(true);
%{ endif }%
%{ if cookiecutter.__oauth }%
        expect(find(element, 'clientSecret').required).toBe(false);
%{ endif }%
    });

    it('does not save what is incomplete', async () => {
        const element = await createSetup();
        const input = find(element, 'appKey');
        input.reportValidity = () => false;
        await press(element, 'save');
        expect(saveSettings).not.toHaveBeenCalled();
    });

    it('saves what was changed with what was not', async () => {
        const element = await createSetup();
        await change(element, 'cluster', 'ap1');
        await press(element, 'save');
        const { settings } = saveSettings.mock.calls[0][0];
        expect(settings).toMatchObject({ appKey: 'key', cluster: 'ap1' });
        expect(readStatus(element)).toBe('c.%[ cookiecutter.prefix ]%SetupSaved');
    });
%{ if cookiecutter.__places }%

    it('names what else has to allow other addresses', async () => {
        const allowed = {
%{ if cookiecutter.__oauth }%
            externalUrl: '%[ cookiecutter.external_url ]%',
%{ endif }%
            cluster: '%[ cookiecutter.pusher_cluster ]%'
        };
        const element = await createSetup({ settings: allowed });
        const findPlaces = () =>
            [...element.shadowRoot.querySelectorAll('[data-places] li')].map(
                (place) => place.textContent
            );
        expect(findPlaces()).toEqual([]);
%{ if cookiecutter.__hosted }%
        await change(element, 'cluster', 'ap9');
        expect(findPlaces().at(-1)).toContain('wss://ws-ap9.pusher.com');
%{ endif }%
%{ if cookiecutter.__oauth }%
        await change(element, 'externalUrl', 'https://other.example.org');
        expect(findPlaces().at(-1)).toContain('https://other.example.org');
%{ endif }%
%{ if cookiecutter.__beams }%
        await change(element, 'beamsInstanceId', 'abc');
        expect(findPlaces().at(-1)).toContain(
            'https://abc.pushnotifications.pusher.com'
        );
%{ endif }%
    });
%{ endif }%
%{ if cookiecutter.__secret }%

    it('sends a secret only when one is entered, and forgets it', async () => {
        const settings = { ...SETUP.settings, secretSet: true };
        const element = await createSetup({ settings });
        expect(find(element, 'secret').type).toBe('password');
        expect(find(element, 'secret').value).toBe('');
        expect(find(element, 'secret').required).toBe(false);
        const { placeholder } = find(element, 'secret');
        expect(placeholder).toBe('c.%[ cookiecutter.prefix ]%SetupStored');
        await press(element, 'save');
        expect(saveSettings.mock.calls[0][0].settings).not.toHaveProperty(
            'secret'
        );
        await change(element, 'secret', 'entered');
        await press(element, 'save');
        expect(saveSettings.mock.calls[1][0].settings.secret).toBe('entered');
        expect(find(element, 'secret').value).toBe('');
    });

    it('says what is wrong with the connection', async () => {
        testConnection.mockResolvedValue({
            isWorking: false,
            message: 'The app secret is wrong.'
        });
        const element = await createSetup();
        await press(element, 'test');
        expect(readStatus(element)).toContain('The app secret is wrong.');
        const icon = element.shadowRoot.querySelector(
            '[role="status"] lightning-icon'
        );
        expect(icon.variant).toBe('error');
        // What is being changed was not tried.
        await change(element, 'appKey', 'other');
        expect(readStatus(element)).toBe('');
        const button = element.shadowRoot.querySelector('[data-test]');
        expect(button.disabled).toBe(true);
    });

    it('says that the connection works', async () => {
        testConnection.mockResolvedValue({ isWorking: true, message: 'Fine.' });
        const element = await createSetup();
        await press(element, 'test');
        expect(readStatus(element)).toContain('Fine.');
        const icon = element.shadowRoot.querySelector(
            '[role="status"] lightning-icon'
        );
        expect(icon.variant).toBe('success');
    });

    it('shows why the connection could not be tried', async () => {
        testConnection.mockRejectedValue({ body: { message: 'No access' } });
        const element = await createSetup();
        await press(element, 'test');
        const alert = element.shadowRoot.querySelector('[role="alert"]');
        expect(alert.textContent).toBe('No access');
    });
%{ endif }%
%{ if cookiecutter.__publishes }%

    it('says why events are not published, and since when', async () => {
        const failedAt = '2026-01-02T03:04:05.000Z';
        const element = await createSetup({
            publishing: { error: 'over quota', failedAt }
        });
        const warning = element.shadowRoot.querySelector('[data-publishing]');
        expect(warning.textContent).toContain('over quota');
        const time = warning.querySelector('lightning-formatted-date-time');
        expect(time.value).toBe(failedAt);
    });

    it('says nothing of events that are published', async () => {
        const element = await createSetup({ publishing: {} });
        expect(
            element.shadowRoot.querySelector('[data-publishing]')
        ).toBeNull();
    });
%{ endif }%
%{ if cookiecutter.__oauth }%

    it('copies the callback URL', async () => {
        const writeText = jest.fn().mockResolvedValue();
        Object.assign(navigator, { clipboard: { writeText } });
        const element = await createSetup();
        const shown = element.shadowRoot.querySelector('[data-callback]');
        expect(shown.value).toBe(SETUP.callbackUrl);
        await press(element, 'copy');
        expect(writeText).toHaveBeenCalledWith(SETUP.callbackUrl);
        const group = element.shadowRoot.querySelector(
            '[data-group="application"]'
        );
        expect(group.textContent).toContain('c.%[ cookiecutter.prefix ]%SetupCopied');
    });

    it('says so where the browser does not let it copy', async () => {
        const writeText = jest.fn().mockRejectedValue(new Error('denied'));
        Object.assign(navigator, { clipboard: { writeText } });
        const element = await createSetup();
        await press(element, 'copy');
        const group = element.shadowRoot.querySelector(
            '[data-group="application"]'
        );
        expect(group.textContent).toContain('c.%[ cookiecutter.prefix ]%SetupCopyFailed');
    });
%{ endif }%

%{ if cookiecutter.__beams }%
    it('says why phones are not notified', async () => {
        const element = await createSetup({ beamsError: 'wrong key' });
        const warning = element.shadowRoot.querySelector('[data-beams]');
        expect(warning.textContent).toContain('wrong key');
    });

%{ endif }%
    it('shows a refusal', async () => {
        const element = await createSetup();
        saveSettings.mockRejectedValue({ body: { message: 'No permission' } });
        await press(element, 'save');
        const alert = element.shadowRoot.querySelector('[role="alert"]');
        expect(alert.textContent).toBe('No permission');
        expect(readStatus(element)).toBe('');
    });

    it('is accessible', async () => {
        await expect(await createSetup()).toBeAccessible();
    });
});
