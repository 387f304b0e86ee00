import { createElement } from 'lwc';
import Setup from 'c/%[ cookiecutter.__camel ]%Setup';
import getSettings from '@salesforce/apex/%[ cookiecutter.prefix ]%SetupController.getSettings';
import saveSettings from '@salesforce/apex/%[ cookiecutter.prefix ]%SetupController.saveSettings';

jest.mock(
    '@salesforce/apex/%[ cookiecutter.prefix ]%SetupController.getSettings',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/%[ cookiecutter.prefix ]%SetupController.saveSettings',
    () => ({ default: jest.fn() }),
    { virtual: true }
);

const SETTINGS = { appKey: 'key', cluster: 'eu' };

async function createSetup() {
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

function change(element, name, value) {
    find(element, name).dispatchEvent(
        new CustomEvent('change', { detail: { value } })
    );
}

describe('c-%[ cookiecutter.__camel ]%-setup', () => {
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

%{ if cookiecutter.__hosted or cookiecutter.__oauth }%
    it('names what else has to allow other addresses', async () => {
        const allowed = {
%{ if cookiecutter.__oauth }%
%{ if cookiecutter.external_url[52:] }%
            externalUrl:
                '%[ cookiecutter.external_url ]%',
%{ else }%
            externalUrl: '%[ cookiecutter.external_url ]%',
%{ endif }%
%{ endif }%
            cluster: '%[ cookiecutter.pusher_cluster ]%'
        };
        getSettings.mockResolvedValue(allowed);
        const element = await createSetup();
        const findPlaces = () => [
            ...element.shadowRoot.querySelectorAll('[data-places] li')
        ];
        expect(findPlaces()).toEqual([]);
%{ if cookiecutter.__hosted }%
        change(element, 'cluster', 'ap9');
%{ else }%
        change(element, 'externalUrl', 'https://ap9.example.org');
%{ endif }%
        await flushPromises();
        expect(findPlaces().at(-1).textContent).toContain('ap9');
    });

%{ endif }%
    it('saves what was changed with what was not', async () => {
        const element = await createSetup();
        change(element, 'cluster', 'ap1');
        element.shadowRoot.querySelector('lightning-button').click();
        await flushPromises();
        const { settings } = saveSettings.mock.calls[0][0];
        expect(settings).toMatchObject({ appKey: 'key', cluster: 'ap1' });
        const status = element.shadowRoot.querySelector('[role="status"]');
        expect(status.textContent).toBe('c.%[ cookiecutter.prefix ]%SetupSaved');
    });
%{ if cookiecutter.__secret }%

    it('sends a secret only when one is entered, and forgets it', async () => {
        getSettings.mockResolvedValue({ ...SETTINGS, secretSet: true });
        const element = await createSetup();
        expect(find(element, 'secret').type).toBe('password');
        expect(find(element, 'secret').value).toBe('');
        const { placeholder } = find(element, 'secret');
        expect(placeholder).toBe('c.%[ cookiecutter.prefix ]%SetupStored');
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
%{ endif }%

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
