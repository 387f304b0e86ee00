import { createElement } from 'lwc';
import Setup from 'c/pusherSetup';
import getSettings from '@salesforce/apex/PusherSetupController.getSettings';
import saveSettings from '@salesforce/apex/PusherSetupController.saveSettings';

jest.mock(
    '@salesforce/apex/PusherSetupController.getSettings',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/PusherSetupController.saveSettings',
    () => ({ default: jest.fn() }),
    { virtual: true }
);

const SETTINGS = { appKey: 'key', cluster: 'eu' };

async function createSetup() {
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

function change(element, name, value) {
    find(element, name).dispatchEvent(
        new CustomEvent('change', { detail: { value } })
    );
}

describe('c-pusher-setup', () => {
    beforeEach(() => {
        getSettings.mockResolvedValue(SETTINGS);
        saveSettings.mockResolvedValue(SETTINGS);
    });

    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
    });

    it('shows what is stored', async () => {
        const element = await createSetup();
        expect(find(element, 'appKey').value).toBe('key');
        expect(find(element, 'cluster').value).toBe('eu');
    });

    it('names what else has to allow other addresses', async () => {
        const allowed = {
            cluster: 'mt1'
        };
        getSettings.mockResolvedValue(allowed);
        const element = await createSetup();
        const findPlaces = () => [
            ...element.shadowRoot.querySelectorAll('[data-places] li')
        ];
        expect(findPlaces()).toEqual([]);
        change(element, 'cluster', 'ap9');
        await flushPromises();
        expect(findPlaces().at(-1).textContent).toContain('ap9');
    });

    it('saves what was changed with what was not', async () => {
        const element = await createSetup();
        change(element, 'cluster', 'ap1');
        element.shadowRoot.querySelector('lightning-button').click();
        await flushPromises();
        const { settings } = saveSettings.mock.calls[0][0];
        expect(settings).toMatchObject({ appKey: 'key', cluster: 'ap1' });
        const status = element.shadowRoot.querySelector('[role="status"]');
        expect(status.textContent).toBe('c.PusherSetupSaved');
    });

    it('sends a secret only when one is entered, and forgets it', async () => {
        getSettings.mockResolvedValue({ ...SETTINGS, secretSet: true });
        const element = await createSetup();
        expect(find(element, 'secret').type).toBe('password');
        expect(find(element, 'secret').value).toBe('');
        const { placeholder } = find(element, 'secret');
        expect(placeholder).toBe('c.PusherSetupStored');
        const button = element.shadowRoot.querySelector('lightning-button');
        button.click();
        await flushPromises();
        expect(saveSettings.mock.calls[0][0].settings).not.toHaveProperty(
            'secret'
        );
        change(element, 'secret', 'entered');
        button.click();
        await flushPromises();
        expect(saveSettings.mock.calls[1][0].settings.secret).toBe('entered');
        expect(find(element, 'secret').value).toBe('');
    });

    it('shows a refusal', async () => {
        getSettings.mockRejectedValue({ body: { message: 'No permission' } });
        const element = await createSetup();
        const alert = element.shadowRoot.querySelector('[role="alert"]');
        expect(alert.textContent).toBe('No permission');
    });

    it('is accessible', async () => {
        await expect(await createSetup()).toBeAccessible();
    });
});
