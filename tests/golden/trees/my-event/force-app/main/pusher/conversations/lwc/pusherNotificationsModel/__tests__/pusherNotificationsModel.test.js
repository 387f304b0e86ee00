import { subscribe } from 'c/pusherChannelService';
import { loadConfiguration } from 'c/pusherConfigurationService';
import { loadMore, reload, watchInbox } from 'c/pusherInboxModel';
import { label } from 'c/pusherLabels';
import {
    loadMoreNotifications,
    reloadNotifications,
    watchNotifications
} from 'c/pusherNotificationsModel';

jest.mock('c/pusherChannelService', () => ({ subscribe: jest.fn() }));
jest.mock('c/pusherConfigurationService', () => ({
    loadConfiguration: jest.fn()
}));
jest.mock('c/pusherInboxModel', () => ({
    loadMore: jest.fn(),
    reload: jest.fn(),
    watchInbox: jest.fn()
}));

const ADA = { id: 'a01', name: 'Ada', unread: 2 };
const BO = { id: 'a02', name: 'Bo', unread: 0 };

describe('c-pusher-notifications-model', () => {
    let notifications;
    let watcher;
    let stopInbox;
    let stop;

    async function open() {
        stop = watchNotifications((state) => {
            notifications = state;
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
        subscribe.mockReturnValue(jest.fn());
        loadConfiguration.mockResolvedValue({ publicChannel: 'notifications' });
    });

    it('claims nothing before the first answer', async () => {
        await open();
        expect(notifications).toMatchObject({ unread: 0, unreadLabel: '' });
        watcher({ conversations: [BO], unread: 0, loading: false });
        expect(notifications.unreadLabel).not.toBe('');
        expect(notifications.conversations).toEqual([BO]);
    });

    it('counts what is unread, and lists it first', async () => {
        await open();
        const quiet = notifications.utilityLabel;
        watcher({ conversations: [BO, ADA], unread: 2, loading: false });
        expect(notifications).toMatchObject({
            conversations: [ADA, BO],
            unread: 2
        });
        expect(notifications.utilityLabel).not.toBe(quiet);
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
        reloadNotifications();
        expect(reload).toHaveBeenCalled();
        loadMoreNotifications();
        expect(loadMore).toHaveBeenCalled();
    });

    it('claims nothing after an error', async () => {
        await open();
        watcher({ conversations: [], unread: 0, errorMessage: 'No' });
        expect(notifications).toMatchObject({
            unreadLabel: '',
            errorMessage: 'No'
        });
    });

    it('tells of events that are about no conversation', async () => {
        await open();
        const [channel, listener] = subscribe.mock.lastCall;
        expect(channel).toBe('notifications');
        listener({ type: 'event', event: 'message', conversationId: 'a01' });
        expect(notifications.lastEvent).toBe('');
        listener({ type: 'event', event: 'outage' });
        expect(notifications.lastEvent).not.toBe('');
    });

    it('says why it can subscribe to nothing', async () => {
        loadConfiguration.mockRejectedValue(new Error('No'));
        await open();
        expect(notifications.errorMessage).toBe('No');
    });

    it('tells nothing more once it is stopped', async () => {
        await open();
        stop();
        expect(stopInbox).toHaveBeenCalled();
        const last = notifications;
        watcher({ conversations: [ADA], unread: 2, loading: false });
        expect(notifications).toBe(last);
    });
});
