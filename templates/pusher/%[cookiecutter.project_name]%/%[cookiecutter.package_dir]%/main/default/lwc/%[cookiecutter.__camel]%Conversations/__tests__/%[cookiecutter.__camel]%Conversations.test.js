import { createElement } from 'lwc';
import Conversations from 'c/%[ cookiecutter.__camel ]%Conversations';
import { loadMore, watchInbox } from 'c/%[ cookiecutter.__camel ]%Inbox';
import getConversations from '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.getConversations';

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
    '@salesforce/apex/%[ cookiecutter.prefix ]%ConversationsController.getConversations',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock('c/%[ cookiecutter.__camel ]%Inbox', () => ({
    loadMore: jest.fn(),
    watchInbox: jest.fn()
}));

const ADA = { id: '1', name: 'Ada', recordId: '003A', unread: 2 };
const BOB = { id: '2', name: 'Bob', recordId: '003B', unread: 0 };

async function flushPromises() {
    await new Promise(process.nextTick);
}

describe('c-%[ cookiecutter.__camel ]%-conversations', () => {
    let publish;

    async function createConversations(state) {
        const element = createElement('c-%[ cookiecutter.__camel ]%-conversations', {
            is: Conversations
        });
        document.body.appendChild(element);
        publish({ conversations: [ADA, BOB], loading: false, ...state });
        await Promise.resolve();
        return element;
    }

    function names(element) {
        const buttons = element.shadowRoot.querySelectorAll(
            'li lightning-button'
        );
        return [...buttons].map((button) => button.label);
    }

    async function search(element, value) {
        element.shadowRoot
            .querySelector('lightning-input')
            .dispatchEvent(new CustomEvent('change', { detail: { value } }));
        await jest.advanceTimersByTimeAsync(300);
    }

    beforeEach(() => {
        watchInbox.mockImplementation((watcher) => {
            publish = watcher;
            return jest.fn();
        });
    });

    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
        jest.useRealTimers();
    });

    it('lists the conversations with their unread texts', async () => {
        const element = await createConversations();
        expect(names(element)).toEqual(['Ada', 'Bob']);
        const badges = element.shadowRoot.querySelectorAll('lightning-badge');
        expect([...badges].map((badge) => badge.label)).toEqual([2]);
    });

    it('says so when there are none', async () => {
        const element = await createConversations({ conversations: [] });
%{ if cookiecutter.prefix[2:] }%
        expect(element.shadowRoot.textContent).toContain(
            'c.%[ cookiecutter.prefix ]%NoConversations'
        );
%{ else }%
        expect(element.shadowRoot.textContent).toContain('c.%[ cookiecutter.prefix ]%NoConversations');
%{ endif }%
    });

    it('searches once the typing pauses', async () => {
        jest.useFakeTimers();
        getConversations.mockResolvedValue({
            conversations: [BOB],
            cursor: null
        });
        const element = await createConversations();
        await search(element, 'bo');
        expect(getConversations).toHaveBeenCalledWith({
            searchTerm: 'bo',
            pageSize: 20,
            cursor: null
        });
        expect(names(element)).toEqual(['Bob']);
        await search(element, '');
        expect(names(element)).toEqual(['Ada', 'Bob']);
    });

    it('shows a found conversation as it stands now', async () => {
        jest.useFakeTimers();
        getConversations.mockResolvedValue({
            conversations: [BOB],
            cursor: null
        });
        const element = await createConversations();
        await search(element, 'bo');
        publish({ conversations: [{ ...BOB, unread: 3 }], loading: false });
        await Promise.resolve();
        const badge = element.shadowRoot.querySelector('lightning-badge');
        expect(badge.label).toBe(3);
    });

    it('loads more', async () => {
        const element = await createConversations({ cursor: 'next' });
        const buttons = element.shadowRoot.querySelectorAll('lightning-button');
        [...buttons].at(-1).click();
        await flushPromises();
        expect(loadMore).toHaveBeenCalled();
    });

    it('opens the record of a conversation', async () => {
        const element = await createConversations();
        element.shadowRoot.querySelector('li lightning-button').click();
        expect(mockNavigate.mock.calls[0][0].attributes.recordId).toBe('003A');
    });

    it('is accessible', async () => {
        await expect(await createConversations()).toBeAccessible();
    });
});
