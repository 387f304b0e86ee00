import { createElement } from 'lwc';
import Setup from 'c/pusherSetup';
import getSetup from '@salesforce/apex/PusherSetupController.getSetup';
import saveSettings from '@salesforce/apex/PusherSetupController.saveSettings';
import testConnection from '@salesforce/apex/PusherSetupController.testConnection';

jest.mock(
    '@salesforce/apex/PusherSetupController.getSetup',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/PusherSetupController.saveSettings',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/PusherSetupController.testConnection',
    () => ({ default: jest.fn() }),
    { virtual: true }
);

const SETUP = {
    settings: { appKey: 'key', cluster: 'eu' }
};

async function createSetup(changes = {}) {
    getSetup.mockResolvedValue({ ...SETUP, ...changes });
    const element = createElement('c-pusher-setup', { is: Setup });
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

describe('c-pusher-setup', () => {
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
    });

    it('marks what has to be entered', async () => {
        const element = await createSetup();
        expect(find(element, 'appKey').required).toBe(true);
        expect(find(element, 'secret').required).toBe(true);
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
        expect(readStatus(element)).toBe('c.PusherSetupSaved');
    });

    it('names what else has to allow other addresses', async () => {
        const allowed = {
            cluster: 'mt1'
        };
        const element = await createSetup({ settings: allowed });
        const findPlaces = () =>
            [...element.shadowRoot.querySelectorAll('[data-places] li')].map(
                (place) => place.textContent
            );
        expect(findPlaces()).toEqual([]);
        await change(element, 'cluster', 'ap9');
        expect(findPlaces().at(-1)).toContain('wss://ws-ap9.pusher.com');
    });

    it('sends a secret only when one is entered, and forgets it', async () => {
        const settings = { ...SETUP.settings, secretSet: true };
        const element = await createSetup({ settings });
        expect(find(element, 'secret').type).toBe('password');
        expect(find(element, 'secret').value).toBe('');
        expect(find(element, 'secret').required).toBe(false);
        const { placeholder } = find(element, 'secret');
        expect(placeholder).toBe('c.PusherSetupStored');
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
