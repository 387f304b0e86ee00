import { subscribe } from 'c/%[ cookiecutter.__camel ]%ChannelService';
import { loadConfiguration } from 'c/%[ cookiecutter.__camel ]%ConfigurationService';
import { watchEvents } from 'c/%[ cookiecutter.__camel ]%EventListenerModel';

jest.mock('c/%[ cookiecutter.__camel ]%ChannelService', () => ({ subscribe: jest.fn() }));
jest.mock('c/%[ cookiecutter.__camel ]%ConfigurationService', () => ({
    loadConfiguration: jest.fn()
}));

%{ if cookiecutter.__public and cookiecutter.__authorized }%
const CONFIGURATION = { userChannel: 'user-1', publicChannel: 'news' };
const CHANNELS = ['user-1', 'news'];
%{ elif cookiecutter.__public }%
const CONFIGURATION = { publicChannel: 'news' };
const CHANNELS = ['news'];
%{ else }%
const CONFIGURATION = { userChannel: 'user-1' };
const CHANNELS = ['user-1'];
%{ endif }%

describe('c-%[ cookiecutter.__camel ]%-event-listener-model', () => {
    const unsubscribe = jest.fn();
    let listener;
    let state;
    let stop;

    async function open() {
        stop = watchEvents((changed) => {
            state = changed;
        });
        await new Promise(process.nextTick);
    }

    beforeEach(() => {
        state = undefined;
        jest.clearAllMocks();
        loadConfiguration.mockResolvedValue(CONFIGURATION);
        subscribe.mockImplementation((channel, callback) => {
            listener = callback;
            return unsubscribe;
        });
    });

    it('subscribes to the channels of the user', async () => {
        await open();
        expect(state.channels).toEqual(CHANNELS);
        const subscribed = subscribe.mock.calls.map(([channel]) => channel);
        expect(subscribed).toEqual(CHANNELS);
    });

    it('puts the newest event first', async () => {
        await open();
        listener({ type: 'subscribed', channel: 'news' });
        listener({ type: 'event', channel: 'news', event: 'one', data: '1' });
        listener({ type: 'event', channel: 'news', event: 'two', data: '2' });
        expect(state.events).toMatchObject([
            { id: 2, name: 'two', channel: 'news', data: '2' },
            { id: 1, name: 'one', channel: 'news', data: '1' }
        ]);
    });

    it('forgets the oldest of many events', async () => {
        await open();
        for (let count = 0; count < 60; count++) {
            listener({ type: 'event', channel: 'news', event: 'e', data: '' });
        }
        expect(state.events).toHaveLength(50);
        expect(state.events[0].id).toBe(60);
    });

    it('says why it cannot listen', async () => {
        loadConfiguration.mockRejectedValue({ body: { message: 'Broken.' } });
        await open();
        expect(state.errorMessage).toBe('Broken.');
    });

    it('unsubscribes when it stops', async () => {
        await open();
        stop();
        expect(unsubscribe).toHaveBeenCalledTimes(CHANNELS.length);
    });

    it('subscribes to nothing once it has stopped', async () => {
        watchEvents(jest.fn())();
        await new Promise(process.nextTick);
        expect(subscribe).not.toHaveBeenCalled();
    });
});
