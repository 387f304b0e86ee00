import { createElement } from 'lwc';
import Conversations from 'c/pusherConversationList';
import { openConversation } from 'c/pusherChatModel';
import { loadMore, reload, watchInbox } from 'c/pusherInboxModel';
import getConversations from '@salesforce/apex/PusherConversationController.getConversations';

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
jest.mock(
    '@salesforce/apex/PusherConversationController.getConversations',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock('c/pusherChatModel', () => ({ openConversation: jest.fn() }));
jest.mock('c/pusherInboxModel', () => ({
    loadMore: jest.fn(),
    reload: jest.fn(),
    watchInbox: jest.fn()
}));

const ADA = { id: 'a01', name: 'Ada', recordId: '003A', unread: 2 };
const UNKNOWN = { id: 'a02', name: '+15550100', recordId: null, unread: 0 };

describe('c-pusher-conversation-list', () => {
    let publish;
    const stop = jest.fn();

    async function createConversations(state) {
        const element = createElement('c-pusher-conversation-list', {
            is: Conversations
        });
        document.body.appendChild(element);
        publish({ conversations: [ADA, UNKNOWN], loading: false, ...state });
        await Promise.resolve();
        return element;
    }

    function find(element, selector) {
        return element.shadowRoot.querySelector(selector);
    }

    function names(element) {
        const { conversations } = find(element, 'c-pusher-conversation-rows');
        return conversations.map(({ name }) => name);
    }

    async function choose(element, detail) {
        const rows = find(element, 'c-pusher-conversation-rows');
        rows.dispatchEvent(new CustomEvent('choose', { detail }));
        await Promise.resolve();
    }

    async function search(element, value) {
        find(element, 'lightning-input').dispatchEvent(
            new CustomEvent('change', { detail: { value } })
        );
        await jest.advanceTimersByTimeAsync(300);
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
        jest.useRealTimers();
    });

    it('lists the conversations and offers to open one', async () => {
        const element = await createConversations();
        expect(names(element)).toEqual(['Ada', '+15550100']);
        expect(find(element, '[data-hint]')).not.toBeNull();
        expect(find(element, 'c-pusher-chat-panel')).toBeNull();
    });

    it('says so when there are none', async () => {
        const element = await createConversations({ conversations: [] });
        expect(element.shadowRoot.textContent).toContain(
            'c.PusherNoConversations'
        );
        expect(find(element, '[data-hint]')).toBeNull();
    });

    it('opens a conversation in its place, with a record or without', async () => {
        const element = await createConversations();
        await choose(element, 'a02');
        expect(openConversation.mock.calls[0][0]).toBe('a02');
        expect(find(element, 'h3').textContent).toBe('+15550100');
        expect(find(element, '[data-record]')).toBeNull();
        await choose(element, 'a01');
        expect(openConversation.mock.calls.at(-1)[0]).toBe('a01');
        expect(find(element, '[data-record]')).not.toBeNull();
        expect(mockNavigate).not.toHaveBeenCalled();
    });

    it('leads to the record of the conversation that is open', async () => {
        const element = await createConversations();
        await choose(element, 'a01');
        find(element, '[data-record]').click();
        expect(mockNavigate.mock.calls[0][0].attributes.recordId).toBe('003A');
    });

    it('keeps a conversation open that the list comes to lack', async () => {
        const element = await createConversations();
        await choose(element, 'a01');
        publish({ conversations: [UNKNOWN], loading: false });
        await Promise.resolve();
        expect(find(element, 'h3').textContent).toBe('Ada');
    });

    it('gives the focus back to the row of a chat that is closed', async () => {
        const element = await createConversations();
        await choose(element, 'a01');
        find(element, '[data-close]').click();
        await Promise.resolve();
        expect(find(element, 'c-pusher-chat-panel')).toBeNull();
        expect(element.shadowRoot.activeElement.localName).toBe(
            'c-pusher-conversation-rows'
        );
    });

    it('searches once the typing pauses', async () => {
        jest.useFakeTimers();
        getConversations.mockResolvedValue({
            conversations: [UNKNOWN],
            cursor: null
        });
        const element = await createConversations();
        await search(element, '555');
        expect(getConversations).toHaveBeenCalledWith({
            searchTerm: '555',
            pageSize: 20,
            cursor: null
        });
        expect(names(element)).toEqual(['+15550100']);
        await search(element, '');
        expect(names(element)).toEqual(['Ada', '+15550100']);
    });

    it('shows a found conversation as it stands now', async () => {
        jest.useFakeTimers();
        getConversations.mockResolvedValue({
            conversations: [UNKNOWN],
            cursor: null
        });
        const element = await createConversations();
        await search(element, '555');
        publish({ conversations: [{ ...UNKNOWN, unread: 3 }], loading: false });
        await Promise.resolve();
        const { conversations } = find(element, 'c-pusher-conversation-rows');
        expect(conversations[0].unread).toBe(3);
    });

    it('loads more', async () => {
        const element = await createConversations({ cursor: 'next' });
        find(element, '[data-more]').click();
        expect(loadMore).toHaveBeenCalled();
    });

    it('says why there is no list, and asks again', async () => {
        const element = await createConversations({ errorMessage: 'Busy' });
        expect(find(element, '[role="alert"]').textContent).toBe('Busy');
        find(element, '[data-ask]').click();
        expect(reload).toHaveBeenCalled();
    });

    it('says that texts may come late', async () => {
        const element = await createConversations({ isDelayed: true });
        const status = find(element, 'c-pusher-connection-status');
        expect(status.isDelayed).toBe(true);
    });

    it('stops watching when it goes', async () => {
        const element = await createConversations();
        element.remove();
        expect(stop).toHaveBeenCalled();
    });

    it('is accessible', async () => {
        const element = await createConversations();
        await choose(element, 'a01');
        await expect(element).toBeAccessible();
    });
});
