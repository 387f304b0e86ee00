import { createElement } from 'lwc';
import { updateUtility } from 'lightning/platformUtilityBarApi';
import { openConversation } from 'c/pusherChatModel';
import { loadMore, reload, watchInbox } from 'c/pusherInboxModel';
import Notifications from 'c/pusherNotifications';

const mockNavigate = jest.fn();

jest.mock('lightning/navigation', () => {
    const Navigate = Symbol('Navigate');
    const NavigationMixin = (Base) =>
        class extends Base {
            [Navigate](target) {
                mockNavigate(target);
            }
        };
    NavigationMixin.Navigate = Navigate;
    return { NavigationMixin };
});
jest.mock('c/pusherChatModel', () => ({ openConversation: jest.fn() }));
jest.mock('c/pusherInboxModel', () => ({
    loadMore: jest.fn(),
    reload: jest.fn(),
    watchInbox: jest.fn()
}));
jest.mock(
    'lightning/platformUtilityBarApi',
    () => {
        class EnclosingUtilityId {
            constructor(dataCallback) {
                dataCallback('utility-1');
            }

            connect() {}

            disconnect() {}

            update() {}
        }
        EnclosingUtilityId.adapter = EnclosingUtilityId;
        return { EnclosingUtilityId, updateUtility: jest.fn() };
    },
    { virtual: true }
);

const ADA = { id: 'a01', name: 'Ada', recordId: '003A', unread: 2 };
const UNKNOWN = { id: 'a02', name: '+15550100', recordId: null, unread: 0 };

describe('c-pusher-notifications', () => {
    let publish;
    const stop = jest.fn();

    async function createNotifications(unread, state) {
        const element = createElement('c-pusher-notifications', {
            is: Notifications
        });
        document.body.appendChild(element);
        publish({ conversations: [UNKNOWN, ADA], unread, ...state });
        await Promise.resolve();
        return element;
    }

    function find(element, selector) {
        return element.shadowRoot.querySelector(selector);
    }

    async function choose(element, detail) {
        const rows = find(element, 'c-pusher-conversation-rows');
        rows.dispatchEvent(new CustomEvent('choose', { detail }));
        await Promise.resolve();
    }

    beforeEach(() => {
        watchInbox.mockImplementation((watcher) => {
            publish = watcher;
            return stop;
        });
        openConversation.mockReturnValue({
            setVisible: jest.fn(),
            close: jest.fn()
        });
    });

    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
    });

    it('lists the conversations, with unread texts first', async () => {
        const element = await createNotifications(2);
        const { conversations } = find(element, 'c-pusher-conversation-rows');
        expect(conversations.map(({ id }) => id)).toEqual(['a01', 'a02']);
    });

    it('shows that the first answer is on its way', async () => {
        const loading = { conversations: [], unread: 0, loading: true };
        const element = await createNotifications(0, loading);
        expect(find(element, 'lightning-spinner')).not.toBeNull();
        publish({ conversations: [ADA], unread: 2, loading: false });
        await Promise.resolve();
        expect(find(element, 'lightning-spinner')).toBeNull();
    });

    it('highlights the utility while something is unread', async () => {
        await createNotifications(2);
        expect(updateUtility).toHaveBeenLastCalledWith(
            'utility-1',
            expect.objectContaining({ highlighted: true })
        );
        publish({ conversations: [], unread: 0, errorMessage: '' });
        expect(updateUtility).toHaveBeenLastCalledWith(
            'utility-1',
            expect.objectContaining({ highlighted: false })
        );
    });

    it('opens a conversation in the panel, with a record or without', async () => {
        const element = await createNotifications(2);
        await choose(element, 'a02');
        expect(openConversation.mock.calls[0][0]).toBe('a02');
        expect(find(element, 'c-pusher-conversation-rows')).toBeNull();
        expect(find(element, '[data-record]')).toBeNull();
        expect(mockNavigate).not.toHaveBeenCalled();
    });

    it('leads to the record of the conversation that is open', async () => {
        const element = await createNotifications(2);
        await choose(element, 'a01');
        find(element, '[data-record]').click();
        expect(mockNavigate.mock.calls[0][0].attributes.recordId).toBe('003A');
    });

    it('goes back to the list, and the focus to the row', async () => {
        const element = await createNotifications(2);
        await choose(element, 'a01');
        find(element, '[data-back]').click();
        await Promise.resolve();
        expect(find(element, 'c-pusher-chat-panel')).toBeNull();
        expect(element.shadowRoot.activeElement.localName).toBe(
            'c-pusher-conversation-rows'
        );
    });

    it('loads more', async () => {
        const element = await createNotifications(2, { cursor: 'next' });
        find(element, '[data-more]').click();
        expect(loadMore).toHaveBeenCalled();
    });

    it('says why there is no list, and asks again', async () => {
        const element = await createNotifications(0, { errorMessage: 'Busy' });
        expect(find(element, '[role="alert"]').textContent).toBe('Busy');
        find(element, '[data-ask]').click();
        expect(reload).toHaveBeenCalled();
    });

    it('says that texts may come late', async () => {
        const element = await createNotifications(0, { isDelayed: true });
        const status = find(element, 'c-pusher-connection-status');
        expect(status.isDelayed).toBe(true);
    });

    it('stops watching when it goes', async () => {
        const element = await createNotifications(0);
        element.remove();
        expect(stop).toHaveBeenCalled();
    });

    it('is accessible', async () => {
        const element = await createNotifications(2);
        await expect(element).toBeAccessible();
        await choose(element, 'a01');
        await expect(element).toBeAccessible();
    });
});
