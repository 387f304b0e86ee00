import { Conversation } from 'c/pusherConversation';
import { openRecord } from 'c/pusherDesk';
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

describe('c-pusher-desk', () => {
    let chat;
    let changed;
    let conversation;

    async function open() {
        const desk = openRecord(RECORD, (state) => {
            chat = state;
        });
        await flushPromises();
        return desk;
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
        jest.clearAllMocks();
    });

    it('opens the conversation of the record and tells what there is', async () => {
        await open();
        expect(getRecordConversation).toHaveBeenCalledWith({
            recordId: RECORD
        });
        expect(chat).toMatchObject({ title: 'Ada', isOpen: false });
        conversation.loading = false;
        conversation.rows = [{ id: 'a11' }];
        conversation.hasMore = true;
        changed();
        expect(chat).toMatchObject({
            messages: [{ id: 'a11' }],
            hasMore: true,
            isLoading: false,
            isOpen: true
        });
    });

    it('offers to start a conversation where there is none', async () => {
        getRecordConversation.mockResolvedValue(null);
        const desk = await open();
        expect(chat).toMatchObject({ canStart: true, isLoading: false });
        startConversation.mockResolvedValue({ id: 'a02', name: 'Bo' });
        desk.start();
        await flushPromises();
        expect(chat).toMatchObject({ canStart: false, title: 'Bo' });
        expect(conversation.open).toHaveBeenCalled();
    });

    it('says why nothing could be found', async () => {
        getRecordConversation.mockRejectedValue({ body: { message: 'No' } });
        await open();
        expect(chat).toMatchObject({ errorMessage: 'No', isLoading: false });
    });

    it('passes on what the user does', async () => {
        const desk = await open();
        desk.send('Hello');
        desk.retry('key-1');
        expect(conversation.send).toHaveBeenCalledWith('Hello');
        expect(conversation.retry).toHaveBeenCalledWith('key-1');
        desk.type();
        expect(conversation.type).toHaveBeenCalled();
        conversation.loadEarlier.mockRejectedValue(new Error('Gone'));
        await desk.loadEarlier();
        expect(chat.errorMessage).toBe('Gone');
    });

    it('tells nothing more once it is closed', async () => {
        const desk = await open();
        desk.close();
        expect(conversation.close).toHaveBeenCalled();
        const last = chat;
        conversation.errorMessage = 'Late';
        changed();
        expect(chat).toBe(last);
    });

    it('opens no conversation that comes after it was closed', async () => {
        const desk = openRecord(RECORD, () => {});
        desk.close();
        await flushPromises();
        expect(Conversation).not.toHaveBeenCalled();
    });
});
