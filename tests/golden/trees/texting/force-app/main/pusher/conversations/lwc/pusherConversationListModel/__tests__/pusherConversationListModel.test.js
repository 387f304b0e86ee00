import { openConversationList } from 'c/pusherConversationListModel';
import { loadMore, watchInbox } from 'c/pusherInboxModel';
import getConversations from '@salesforce/apex/PusherConversationController.getConversations';

jest.mock(
    '@salesforce/apex/PusherConversationController.getConversations',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock('c/pusherInboxModel', () => ({
    loadMore: jest.fn(),
    watchInbox: jest.fn()
}));

const ADA = { id: 'a01', name: 'Ada' };
const BO = { id: 'a02', name: 'Bo' };

describe('c-pusher-conversation-list-model', () => {
    let list;
    let watcher;
    let stop;

    function open() {
        return openConversationList((state) => {
            list = state;
        });
    }

    async function search(listModel, term) {
        listModel.search(term);
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
        const listModel = open();
        getConversations.mockResolvedValue({ conversations: [ADA, BO] });
        await search(listModel, 'a');
        const newer = { ...ADA, unread: 2 };
        watcher({ conversations: [newer], loading: false });
        expect(list.rows).toEqual([newer, BO]);
        await search(listModel, ' ');
        expect(list.rows).toEqual([newer]);
    });

    it('leaves out an answer that comes too late', async () => {
        const listModel = open();
        let answer;
        getConversations.mockImplementationOnce(
            () =>
                new Promise((resolve) => {
                    answer = resolve;
                })
        );
        await search(listModel, 'a');
        getConversations.mockResolvedValue({ conversations: [BO] });
        await search(listModel, 'bo');
        answer({ conversations: [ADA] });
        await jest.advanceTimersByTimeAsync(0);
        expect(list.rows).toEqual([BO]);
    });

    it('loads more of what it shows', async () => {
        const listModel = open();
        await listModel.loadMore();
        expect(loadMore).toHaveBeenCalled();
        getConversations.mockResolvedValue({
            conversations: [ADA],
            cursor: 'next'
        });
        await search(listModel, 'a');
        getConversations.mockResolvedValue({ conversations: [BO] });
        await listModel.loadMore();
        expect(getConversations).toHaveBeenLastCalledWith(
            expect.objectContaining({ cursor: 'next' })
        );
        expect(list.rows).toEqual([ADA, BO]);
    });

    it('says why a search or a page failed', async () => {
        const listModel = open();
        getConversations.mockRejectedValue(new Error('Refused'));
        await search(listModel, 'a');
        expect(list.errorMessage).toBe('Refused');
    });

    it('stops when it is closed', async () => {
        const listModel = open();
        listModel.search('a');
        listModel.close();
        await jest.advanceTimersByTimeAsync(300);
        expect(stop).toHaveBeenCalled();
        expect(getConversations).not.toHaveBeenCalled();
    });
});
