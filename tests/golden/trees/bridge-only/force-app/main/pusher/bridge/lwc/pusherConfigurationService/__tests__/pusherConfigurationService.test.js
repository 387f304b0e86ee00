import * as configuration from 'c/pusherConfigurationService';
import ask from '@salesforce/apex/PusherBridgeHostController.getBridge';

jest.mock(
    '@salesforce/apex/PusherBridgeHostController.getBridge',
    () => ({ default: jest.fn() }),
    { virtual: true }
);

const createAnswer = (appKey) => ({ configuration: { appKey } });

describe('c-pusher-configuration-service', () => {
    afterEach(() => {
        configuration.forgetConfiguration();
        jest.clearAllMocks();
    });

    it('asks once for everybody', async () => {
        ask.mockResolvedValue(createAnswer('key'));
        const answers = await Promise.all([
            configuration.loadConfiguration(),
            configuration.loadConfiguration()
        ]);
        expect(answers).toEqual([{ appKey: 'key' }, { appKey: 'key' }]);
        expect(ask).toHaveBeenCalledTimes(1);
    });

    it('asks again after a failure', async () => {
        ask.mockRejectedValueOnce(new Error('busy'));
        await expect(configuration.loadConfiguration()).rejects.toThrow('busy');
        ask.mockResolvedValue(createAnswer('key'));
        const answer = await configuration.loadConfiguration();
        expect(answer).toEqual({ appKey: 'key' });
    });

    it('keeps what it was told after a request that fails late', async () => {
        let refuse;
        ask.mockReturnValueOnce(
            new Promise((resolve, reject) => {
                refuse = reject;
            })
        );
        const first = configuration.loadConfiguration();
        configuration.forgetConfiguration();
        ask.mockResolvedValue(createAnswer('new'));
        await configuration.loadConfiguration();
        refuse(new Error('late'));
        await expect(first).rejects.toThrow('late');
        await configuration.loadConfiguration();
        expect(ask).toHaveBeenCalledTimes(2);
    });
});
