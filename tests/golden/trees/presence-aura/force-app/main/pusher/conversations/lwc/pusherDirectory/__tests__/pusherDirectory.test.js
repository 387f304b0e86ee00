import { openDirectory } from 'c/pusherDirectory';
import { loadMore, watchInbox } from 'c/pusherInbox';
import getConversations from '@salesforce/apex/PusherConversationsController.getConversations';

jest.mock(
    '@salesforce/apex/PusherConversationsController.getConversations',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock('c/pusherInbox', () => ({
    loadMore: jest.fn(),
    watchInbox: jest.fn()
}));

const ADA = { id: 'a01', name: 'Ada' };
const BO = { id: 'a02', name: 'Bo' };

describe('c-pusher-directory', () => {
    let list;
    let watcher;
    let stop;

    function open() {
        return openDirectory((state) => {
            list = state;
        });
    }

    async function search(directory, term) {
        directory.search(term);
        await jest.advanceTimersByTimeAsync(300);
    }

    beforeEach(() => {
        jest.useFakeTimers();
        stop = jest.fn();
        watchInbox.mockImplementation((callback) => {
            watcher = callback;
            callback({ conversations: [], loading: true });
            return stop;
        });
    });

    afterEach(() => {
        jest.useRealTimers();
        jest.resetAllMocks();
    });

    it('tells what the inbox holds', () => {
        open();
        expect(list).toMatchObject({ isLoading: true, isEmpty: false });
        watcher({ conversations: [], loading: false });
        expect(list).toMatchObject({ isLoading: false, isEmpty: true });
        watcher({ conversations: [ADA], cursor: 'next', loading: false });
        expect(list).toMatchObject({ rows: [ADA], cursor: 'next' });
    });

    it('shows what was searched for, as the inbox knows it', async () => {
        const directory = open();
        getConversations.mockResolvedValue({ conversations: [ADA, BO] });
        await search(directory, 'a');
        const newer = { ...ADA, unread: 2 };
        watcher({ conversations: [newer], loading: false });
        expect(list.rows).toEqual([newer, BO]);
        await search(directory, ' ');
        expect(list.rows).toEqual([newer]);
    });

    it('leaves out an answer that comes too late', async () => {
        const directory = open();
        let answer;
        getConversations.mockImplementationOnce(
            () =>
                new Promise((resolve) => {
                    answer = resolve;
                })
        );
        await search(directory, 'a');
        getConversations.mockResolvedValue({ conversations: [BO] });
        await search(directory, 'bo');
        answer({ conversations: [ADA] });
        await jest.advanceTimersByTimeAsync(0);
        expect(list.rows).toEqual([BO]);
    });

    it('loads more of what it shows', async () => {
        const directory = open();
        await directory.loadMore();
        expect(loadMore).toHaveBeenCalled();
        getConversations.mockResolvedValue({
            conversations: [ADA],
            cursor: 'next'
        });
        await search(directory, 'a');
        getConversations.mockResolvedValue({ conversations: [BO] });
        await directory.loadMore();
        expect(getConversations).toHaveBeenLastCalledWith(
            expect.objectContaining({ cursor: 'next' })
        );
        expect(list.rows).toEqual([ADA, BO]);
    });

    it('says why a search or a page failed', async () => {
        const directory = open();
        getConversations.mockRejectedValue(new Error('Refused'));
        await search(directory, 'a');
        expect(list.errorMessage).toBe('Refused');
    });

    it('stops when it is closed', async () => {
        const directory = open();
        directory.search('a');
        directory.close();
        await jest.advanceTimersByTimeAsync(300);
        expect(stop).toHaveBeenCalled();
        expect(getConversations).not.toHaveBeenCalled();
    });
});
