import * as configuration from 'c/pusherConfiguration';
import getConfiguration from '@salesforce/apex/PusherBridgeController.getConfiguration';

jest.mock(
    '@salesforce/apex/PusherBridgeController.getConfiguration',
    () => ({ default: jest.fn() }),
    { virtual: true }
);

describe('c-pusher-configuration', () => {
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
