import { loadMore, watchInbox } from 'c/pusherInbox';
import { loadMoreNews, watchNews } from 'c/pusherNews';

jest.mock('c/pusherInbox', () => ({
    loadMore: jest.fn(),
    watchInbox: jest.fn()
}));

const ADA = { id: 'a01', name: 'Ada', unread: 2 };
const BO = { id: 'a02', name: 'Bo', unread: 0 };

describe('c-pusher-news', () => {
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
    });

    it('claims nothing before the first answer', async () => {
        await open();
        expect(news).toMatchObject({ unread: 0, unreadLabel: '' });
        watcher({ conversations: [BO], unread: 0, loading: false });
        expect(news.unreadLabel).not.toBe('');
        expect(news.conversations).toEqual([]);
    });

    it('counts what is unread, in whose conversations', async () => {
        await open();
        const quiet = news.utilityLabel;
        watcher({ conversations: [ADA, BO], unread: 2, loading: false });
        expect(news).toMatchObject({ conversations: [ADA], unread: 2 });
        expect(news.utilityLabel).not.toBe(quiet);
    });

    it('claims nothing after an error', async () => {
        await open();
        watcher({ conversations: [], unread: 0, errorMessage: 'No' });
        expect(news).toMatchObject({ unreadLabel: '', errorMessage: 'No' });
    });

    it('tells nothing more once it is stopped', async () => {
        await open();
        stop();
        expect(stopInbox).toHaveBeenCalled();
        const last = news;
        watcher({ conversations: [ADA], unread: 2, loading: false });
        expect(news).toBe(last);
    });

    it('looks for those that are unread further down, once by itself', async () => {
        await open();
        loadMore.mockClear();
        const inbox = { conversations: [ADA], unread: 9, cursor: 'next' };
        watcher(inbox);
        watcher(inbox);
        expect(news.hasMore).toBe(true);
        expect(loadMore).toHaveBeenCalledTimes(1);
        loadMoreNews();
        expect(loadMore).toHaveBeenCalledTimes(2);
        watcher({ ...inbox, cursor: null });
        expect(news.hasMore).toBe(false);
    });
});
