%{ if cookiecutter.__public }%
import { listen } from 'c/%[ cookiecutter.__camel ]%Channels';
import { loadConfiguration } from 'c/%[ cookiecutter.__camel ]%Configuration';
%{ endif }%
import { loadMore, tryAgain, watchInbox } from 'c/%[ cookiecutter.__camel ]%Inbox';
import { label } from 'c/%[ cookiecutter.__camel ]%Labels';
import { loadMoreNews, tryAgainNews, watchNews } from 'c/%[ cookiecutter.__camel ]%News';

%{ if cookiecutter.__public }%
jest.mock('c/%[ cookiecutter.__camel ]%Channels', () => ({ listen: jest.fn() }));
jest.mock('c/%[ cookiecutter.__camel ]%Configuration', () => ({
    loadConfiguration: jest.fn()
}));
%{ endif }%
jest.mock('c/%[ cookiecutter.__camel ]%Inbox', () => ({
    loadMore: jest.fn(),
    tryAgain: jest.fn(),
    watchInbox: jest.fn()
}));

const ADA = { id: 'a01', name: 'Ada', unread: 2 };
const BO = { id: 'a02', name: 'Bo', unread: 0 };

describe('c-%[ cookiecutter.__camel ]%-news', () => {
    let news;
    let watcher;
    let stopInbox;
    let stop;

    async function open() {
        stop = watchNews((state) => {
            news = state;
        });
        await new Promise(process.nextTick);
    }

    beforeEach(() => {
        stopInbox = jest.fn();
        watchInbox.mockImplementation((callback) => {
            watcher = callback;
            callback({ conversations: [], unread: 0, loading: true });
            return stopInbox;
        });
%{ if cookiecutter.__public }%
        listen.mockReturnValue(jest.fn());
        loadConfiguration.mockResolvedValue({ publicChannel: 'news' });
%{ endif }%
    });

    it('claims nothing before the first answer', async () => {
        await open();
        expect(news).toMatchObject({ unread: 0, unreadLabel: '' });
        watcher({ conversations: [BO], unread: 0, loading: false });
        expect(news.unreadLabel).not.toBe('');
        expect(news.conversations).toEqual([BO]);
    });

    it('counts what is unread, and lists it first', async () => {
        await open();
        const quiet = news.utilityLabel;
        watcher({ conversations: [BO, ADA], unread: 2, loading: false });
        expect(news).toMatchObject({ conversations: [ADA, BO], unread: 2 });
        expect(news.utilityLabel).not.toBe(quiet);
    });

    it('says that there may be more than was counted', async () => {
        const format = jest.spyOn(label, 'format');
        await open();
        const counted = { conversations: [], unread: 200, loading: false };
        watcher({ ...counted, isUnreadCapped: true });
        expect(format).toHaveBeenLastCalledWith(label.utilityUnread, '200+');
        watcher({ ...counted, isUnreadCapped: false });
        expect(format).toHaveBeenLastCalledWith(label.utilityUnread, 200);
        format.mockRestore();
    });

    it('asks again and for more when told to', async () => {
        await open();
        tryAgainNews();
        expect(tryAgain).toHaveBeenCalled();
        loadMoreNews();
        expect(loadMore).toHaveBeenCalled();
    });

    it('claims nothing after an error', async () => {
        await open();
        watcher({ conversations: [], unread: 0, errorMessage: 'No' });
        expect(news).toMatchObject({ unreadLabel: '', errorMessage: 'No' });
    });
%{ if cookiecutter.__public }%

    it('tells of events that are about no conversation', async () => {
        await open();
        const [channel, listener] = listen.mock.lastCall;
        expect(channel).toBe('news');
        listener({ type: 'event', event: 'message', conversationId: 'a01' });
        expect(news.lastEvent).toBe('');
        listener({ type: 'event', event: 'outage' });
        expect(news.lastEvent).not.toBe('');
    });

    it('says why it can listen to nothing', async () => {
        loadConfiguration.mockRejectedValue(new Error('No'));
        await open();
        expect(news.errorMessage).toBe('No');
    });
%{ endif }%

    it('tells nothing more once it is stopped', async () => {
        await open();
        stop();
        expect(stopInbox).toHaveBeenCalled();
        const last = news;
        watcher({ conversations: [ADA], unread: 2, loading: false });
        expect(news).toBe(last);
    });
});
