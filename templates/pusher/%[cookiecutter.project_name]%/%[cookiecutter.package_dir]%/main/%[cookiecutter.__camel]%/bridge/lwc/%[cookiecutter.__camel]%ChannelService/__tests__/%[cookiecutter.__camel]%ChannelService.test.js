import {
%{ if cookiecutter.__conversations }%
    announce,
%{ endif }%
    isSubscribed,
    subscribe,
    offerHost,
    receive,
%{ if cookiecutter.__oauth }%
    restartTabs,
%{ endif }%
    resume,
    watch
} from 'c/%[ cookiecutter.__camel ]%ChannelService';

jest.mock('c/%[ cookiecutter.__camel ]%ConfigurationService', () => ({
    loadConfiguration: jest.fn(),
    forgetConfiguration: jest.fn()
}));

function createHost() {
    return { open: jest.fn(), close: jest.fn(), send: jest.fn() };
}

describe('c-%[ cookiecutter.__camel ]%-channel-service', () => {
    let stops;

    beforeEach(() => {
        stops = [];
    });

    afterEach(() => {
        stops.forEach((stop) => stop());
    });

    it('lets one host of a tab connect, and the next when it goes', () => {
        const first = createHost();
        const second = createHost();
        const withdraw = offerHost(first);
        stops.push(offerHost(second));
        expect(first.open).toHaveBeenCalled();
        expect(second.open).not.toHaveBeenCalled();
        withdraw();
        expect(first.close).toHaveBeenCalled();
        expect(second.open).toHaveBeenCalled();
    });

    it('wants a channel as long as somebody listens', () => {
        const host = createHost();
        stops.push(offerHost(host));
        const stop = subscribe('private-one', jest.fn());
        const stopOther = subscribe('private-one', jest.fn());
        expect(host.send).toHaveBeenCalledTimes(1);
        expect(host.send).toHaveBeenLastCalledWith({
            type: 'want',
            channels: ['private-one']
        });
        stop();
        expect(host.send).toHaveBeenCalledTimes(1);
        stopOther();
        expect(host.send).toHaveBeenLastCalledWith({
            type: 'want',
            channels: []
        });
    });

    it('repeats what it wants to a host that has started', () => {
        stops.push(subscribe('private-one', jest.fn()));
        const host = createHost();
        stops.push(offerHost(host));
        receive({ type: 'started' });
        expect(host.send).toHaveBeenCalledWith({
            type: 'want',
            channels: ['private-one']
        });
    });

    it('hands events to the listeners of their channel only', () => {
        const listener = jest.fn();
        const other = jest.fn();
        stops.push(subscribe('private-one', listener));
        stops.push(subscribe('private-two', other));
        const envelope = { type: 'event', channel: 'private-one' };
        receive(envelope);
        expect(listener).toHaveBeenCalledWith(envelope);
        expect(other).not.toHaveBeenCalled();
    });

    it('tells the state at once and on each change', () => {
        const watcher = jest.fn();
        stops.push(watch(watcher));
        receive({ type: 'state', state: 'connected', reason: '' });
        expect(watcher).toHaveBeenCalledTimes(2);
        expect(watcher.mock.calls[1][0].state).toBe('connected');
    });

    it('says so where a channel of this tab is refused', () => {
        const watcher = jest.fn();
        const state = () => watcher.mock.calls.at(-1)[0].state;
        stops.push(watch(watcher));
        receive({ type: 'state', state: 'connected', reason: '' });
        receive({ type: 'refused', channel: 'private-one' });
        expect(state()).toBe('connected');
        const stop = subscribe('private-one', jest.fn());
        receive({ type: 'refused', channel: 'private-one' });
        expect(state()).toBe('forbidden');
        receive({ type: 'subscribed', channel: 'private-one' });
        expect(state()).toBe('connected');
        receive({ type: 'refused', channel: 'private-one' });
        stop();
        stop();
        expect(state()).toBe('connected');
        expect(isSubscribed('private-one')).toBe(false);
    });

    it('lets a host withdraw twice', () => {
        const first = createHost();
        const second = createHost();
        const withdraw = offerHost(first);
        stops.push(offerHost(second));
        withdraw();
        withdraw();
        expect(second.close).not.toHaveBeenCalled();
    });

    it('begins anew when it is told to', () => {
        const host = createHost();
        stops.push(offerHost(host));
        receive({ type: 'restart' });
        expect(host.close).toHaveBeenCalledTimes(1);
        expect(host.open).toHaveBeenCalledTimes(2);
    });
%{ if cookiecutter.__oauth }%

    it('has all tabs begin anew', () => {
        const host = createHost();
        stops.push(offerHost(host));
        restartTabs();
        expect(host.send).toHaveBeenCalledWith({ type: 'restart' });
    });
%{ endif }%

%{ if cookiecutter.__conversations }%
    it('passes announcements and retries on', () => {
        const host = createHost();
        stops.push(offerHost(host));
        announce('a01', 7);
        resume();
        expect(host.send.mock.calls).toEqual([
            [{ type: 'announce', conversationId: 'a01', sequence: 7 }],
            [{ type: 'resume' }]
        ]);
    });
%{ else }%
    it('passes retries on', () => {
        const host = createHost();
        stops.push(offerHost(host));
        resume();
        expect(host.send).toHaveBeenCalledWith({ type: 'resume' });
    });
%{ endif }%
});
