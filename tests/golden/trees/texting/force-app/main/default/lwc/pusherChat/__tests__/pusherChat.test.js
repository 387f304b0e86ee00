import { createElement } from 'lwc';
import Chat from 'c/pusherChat';
import { Conversation } from 'c/pusherConversation';
import getRecordConversation from '@salesforce/apex/PusherConversationsController.getRecordConversation';
import startConversation from '@salesforce/apex/PusherConversationsController.startConversation';

jest.mock(
    '@salesforce/apex/PusherConversationsController.getRecordConversation',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/PusherConversationsController.startConversation',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock('c/pusherConversation', () => ({ Conversation: jest.fn() }));

const RECORD = '003000000000001AAA';

async function flushPromises() {
    await new Promise(process.nextTick);
}

describe('c-pusher-chat', () => {
    let conversation;
    let changed;

    async function createChat() {
        const element = createElement('c-pusher-chat', { is: Chat });
        element.recordId = RECORD;
        document.body.appendChild(element);
        await flushPromises();
        return element;
    }

    async function show(fields) {
        Object.assign(conversation, { loading: false, ...fields });
        changed();
        await Promise.resolve();
    }

    beforeEach(() => {
        conversation = {
            rows: [],
            loading: true,
            errorMessage: '',
            open: jest.fn(),
            close: jest.fn(),
            send: jest.fn(),
            retry: jest.fn(),
            type: jest.fn(),
            loadEarlier: jest.fn().mockResolvedValue()
        };
        Conversation.mockImplementation((id, callback) => {
            changed = callback;
            return conversation;
        });
        getRecordConversation.mockResolvedValue({ id: 'a01', name: 'Ada' });
    });

    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
    });

    it('opens the conversation of the record', async () => {
        const element = await createChat();
        expect(getRecordConversation).toHaveBeenCalledWith({
            recordId: RECORD
        });
        expect(Conversation).toHaveBeenCalledWith('a01', expect.anything());
        const card = element.shadowRoot.querySelector('lightning-card');
        expect(card.title).toBe('Ada');
    });

    it('shows its messages and passes on what the user does', async () => {
        const element = await createChat();
        const rows = [
            {
                id: 'm1',
                sequence: 1,
                direction: 'Inbound',
                body: 'Hi',
                sentAt: '2026-11-20T09:00:00.000Z'
            }
        ];
        await show({ rows, hasMore: true });
        const { shadowRoot } = element;
        const list = shadowRoot.querySelector('c-pusher-message-list');
        expect(list.messages).toEqual(rows);
        list.dispatchEvent(new CustomEvent('earlier'));
        list.dispatchEvent(new CustomEvent('retry', { detail: 'key-1' }));
        element.shadowRoot
            .querySelector('c-pusher-composer')
            .dispatchEvent(new CustomEvent('send', { detail: 'Hello' }));
        expect(conversation.loadEarlier).toHaveBeenCalled();
        expect(conversation.retry).toHaveBeenCalledWith('key-1');
        expect(conversation.send).toHaveBeenCalledWith('Hello');
    });

    it('offers to start a conversation where there is none', async () => {
        getRecordConversation.mockResolvedValue(null);
        startConversation.mockResolvedValue({ id: 'a02', name: 'Bob' });
        const element = await createChat();
        element.shadowRoot.querySelector('lightning-button').click();
        await flushPromises();
        expect(startConversation).toHaveBeenCalledWith({ recordId: RECORD });
        expect(Conversation).toHaveBeenCalledWith('a02', expect.anything());
    });

    it('shows why there is no chat', async () => {
        getRecordConversation.mockRejectedValue({
            body: { message: 'No access' }
        });
        const element = await createChat();
        const alert = element.shadowRoot.querySelector('[role="alert"]');
        expect(alert.textContent).toBe('No access');
        const spinner = element.shadowRoot.querySelector('lightning-spinner');
        expect(spinner).toBeNull();
    });

    it('tells of typing in both directions', async () => {
        const element = await createChat();
        await show({ isTyping: true });
        expect(element.shadowRoot.querySelector('[data-typing]')).toBeTruthy();
        element.shadowRoot
            .querySelector('c-pusher-composer')
            .dispatchEvent(new CustomEvent('typing'));
        expect(conversation.type).toHaveBeenCalled();
    });

    it('closes the conversation when it goes', async () => {
        const element = await createChat();
        element.remove();
        expect(conversation.close).toHaveBeenCalled();
    });

    it('is accessible', async () => {
        const element = await createChat();
        await show({});
        await expect(element).toBeAccessible();
    });
});
