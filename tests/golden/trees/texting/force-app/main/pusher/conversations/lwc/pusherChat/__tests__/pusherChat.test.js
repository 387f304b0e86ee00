import { createElement } from 'lwc';
import Chat from 'c/pusherChat';
import { openRecord } from 'c/pusherChatModel';

jest.mock('c/pusherChatModel', () => ({ openRecord: jest.fn() }));

const RECORD = '003000000000001AAA';

describe('c-pusher-chat', () => {
    let changed;

    async function createChat() {
        const element = createElement('c-pusher-chat', { is: Chat });
        element.recordId = RECORD;
        document.body.appendChild(element);
        await Promise.resolve();
        return element;
    }

    async function show(chat) {
        changed({ messages: [], isOpen: true, ...chat });
        await Promise.resolve();
    }

    beforeEach(() => {
        openRecord.mockImplementation((recordId, callback) => {
            changed = callback;
            return { setVisible: jest.fn(), close: jest.fn() };
        });
    });

    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
    });

    it('opens the conversation of the record', async () => {
        const element = await createChat();
        expect(openRecord).toHaveBeenCalledWith(RECORD, expect.anything());
        const card = element.shadowRoot.querySelector('lightning-card');
        expect(card.title).toBe('c.PusherChatTitle');
        await show({ title: 'Ada' });
        expect(card.title).toBe('Ada');
    });

    it('shows the chat of another record that the page comes to show', async () => {
        const element = await createChat();
        element.recordId = '003000000000002AAA';
        await Promise.resolve();
        expect(openRecord.mock.calls.at(-1)[0]).toBe('003000000000002AAA');
    });

    it('says that texts may come late', async () => {
        const element = await createChat();
        await show({ isDelayed: true });
        const status = element.shadowRoot.querySelector(
            'c-pusher-connection-status'
        );
        expect(status.isDelayed).toBe(true);
    });

    it('is accessible', async () => {
        const element = await createChat();
        await show({});
        await expect(element).toBeAccessible();
    });
});
