import * as configuration from 'c/%[ cookiecutter.__camel ]%Configuration';
import getConfiguration from '@salesforce/apex/%[ cookiecutter.prefix ]%BridgeController.getConfiguration';

jest.mock(
    '@salesforce/apex/%[ cookiecutter.prefix ]%BridgeController.getConfiguration',
    () => ({ default: jest.fn() }),
    { virtual: true }
);

describe('c-%[ cookiecutter.__camel ]%-configuration', () => {
    afterEach(() => {
        configuration.forgetConfiguration();
        jest.clearAllMocks();
    });

    it('asks once for everybody', async () => {
        getConfiguration.mockResolvedValue({ appKey: 'key' });
        const answers = await Promise.all([
            configuration.loadConfiguration(),
            configuration.loadConfiguration()
        ]);
        expect(answers).toEqual([{ appKey: 'key' }, { appKey: 'key' }]);
        expect(getConfiguration).toHaveBeenCalledTimes(1);
    });

    it('asks again after a failure', async () => {
        getConfiguration.mockRejectedValueOnce(new Error('busy'));
        await expect(configuration.loadConfiguration()).rejects.toThrow('busy');
        getConfiguration.mockResolvedValue({ appKey: 'key' });
        const answer = await configuration.loadConfiguration();
        expect(answer).toEqual({ appKey: 'key' });
    });
});
