import { receive } from 'c/pusherChannelService';
import { loadConfiguration } from 'c/pusherConfigurationService';
import { ConversationModel, isRefusal } from 'c/pusherConversationModel';
import { openConversation, openRecord } from 'c/pusherChatModel';
import getConversation from '@salesforce/apex/PusherConversationController.getConversation';
import getRecordConversation from '@salesforce/apex/PusherConversationController.getRecordConversation';
import startConversation from '@salesforce/apex/PusherConversationController.startConversation';

jest.mock(
    '@salesforce/apex/PusherConversationController.getConversation',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/PusherConversationController.getRecordConversation',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock(
    '@salesforce/apex/PusherConversationController.startConversation',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock('c/pusherConfigurationService', () => ({
    loadConfiguration: jest.fn(),
    forgetConfiguration: jest.fn()
}));
jest.mock('c/pusherConversationModel', () => ({
    ConversationModel: jest.fn(),
    isRefusal: jest.fn()
}));

const RECORD = '003000000000001AAA';
const CHANNEL = 'private-user-005';
const PAGE = {
    conversation: { id: 'a01', name: 'Ada', recordId: RECORD },
    messages: []
};

async function pass(milliseconds = 0) {
    await jest.advanceTimersByTimeAsync(milliseconds);
}

describe('c-pusher-chat-model', () => {
    let chat;
    let changed;
    let conversation;
    let chatModel;

    const note = (state) => {
        chat = state;
    };

    async function open() {
        chatModel = openRecord(RECORD, note);
        await pass();
    }

    beforeEach(() => {
        jest.useFakeTimers();
        Object.defineProperty(document, 'hidden', {
            configurable: true,
            value: false
        });
        receive({ type: 'state', state: 'connected', reason: '' });
        conversation = {
            rows: [],
            history: { hasMore: false },
            errorMessage: '',
            open: jest.fn(),
            close: jest.fn(),
            send: jest.fn(),
            retry: jest.fn(),
            discard: jest.fn(),
            notifyTyping: jest.fn(),
            setVisible: jest.fn(),
            setAtEnd: jest.fn(),
            loadEarlier: jest.fn().mockResolvedValue()
        };
        ConversationModel.mockImplementation((page, callback) => {
            changed = callback;
            return conversation;
        });
        isRefusal.mockReturnValue(false);
        loadConfiguration.mockResolvedValue({
            userChannel: CHANNEL,
            publicChannel: CHANNEL
        });
        getRecordConversation.mockResolvedValue(PAGE);
    });

    afterEach(() => {
        chatModel.close();
        jest.resetAllMocks();
        jest.useRealTimers();
    });

    it('opens the conversation of the record with one request', async () => {
        await open();
        expect(getRecordConversation).toHaveBeenCalledTimes(1);
        expect(getRecordConversation).toHaveBeenCalledWith({
            recordId: RECORD
        });
        expect(ConversationModel).toHaveBeenCalledWith(
            PAGE,
            expect.any(Function)
        );
        expect(chat).toMatchObject({ title: 'Ada', isOpen: true });
        conversation.rows = [{ id: 'a11' }];
        conversation.history.hasMore = true;
        changed();
        expect(chat).toMatchObject({
            messages: [{ id: 'a11' }],
            hasMore: true,
            isLoading: false
        });
    });

    it('opens one conversation, also without a record', async () => {
        const row = { id: 'a07', name: '+1 555 0100' };
        getConversation.mockResolvedValue({ ...PAGE, conversation: row });
        chatModel = openConversation('a07', note);
        await pass();
        expect(getConversation).toHaveBeenCalledWith({ conversationId: 'a07' });
        expect(chat).toMatchObject({ title: '+1 555 0100', isOpen: true });
        chatModel.close();
        getConversation.mockResolvedValue(null);
        chatModel = openConversation('a08', note);
        await pass();
        expect(chat).toMatchObject({ isMissing: true, canStart: false });
    });

    it('offers to start a conversation where there is none', async () => {
        getRecordConversation.mockResolvedValue(null);
        await open();
        expect(chat).toMatchObject({ canStart: true, isLoading: false });
        startConversation.mockRejectedValueOnce(new Error('Busy'));
        chatModel.start();
        await pass();
        expect(chat).toMatchObject({ canStart: true, errorMessage: 'Busy' });
        startConversation.mockResolvedValue({ id: 'a02' });
        getRecordConversation.mockResolvedValue(PAGE);
        chatModel.start();
        await pass(2000);
        expect(chat).toMatchObject({ canStart: false, title: 'Ada' });
        expect(conversation.open).toHaveBeenCalledTimes(1);
    });

    it('opens the chat when the client writes first', async () => {
        getRecordConversation.mockResolvedValue(null);
        await open();
        expect(chat).toMatchObject({ canStart: true, isOpen: false });
        getRecordConversation.mockResolvedValue(PAGE);
        receive({
            type: 'event',
            channel: CHANNEL,
            event: 'message',
            conversationId: 'a01',
            sequence: 1
        });
        await pass(2000);
        expect(chat).toMatchObject({ canStart: false, isOpen: true });
    });

    it('repeats a look-up that failed, by itself and when asked to', async () => {
        const failure = { body: { message: 'Service unavailable' } };
        getRecordConversation.mockRejectedValueOnce(failure);
        await open();
        expect(chat).toMatchObject({
            canAsk: true,
            errorMessage: 'Service unavailable',
            isLoading: false
        });
        getRecordConversation.mockRejectedValueOnce(failure);
        chatModel.reload();
        await pass(2000);
        expect(getRecordConversation).toHaveBeenCalledTimes(2);
        await pass(10000);
        expect(chat).toMatchObject({ canAsk: false, isOpen: true });
    });

    it('asks no more where the user may not read the record', async () => {
        isRefusal.mockReturnValue(true);
        getRecordConversation.mockRejectedValue(new Error('No'));
        await open();
        await pass(3600000);
        expect(getRecordConversation).toHaveBeenCalledTimes(1);
        expect(chat).toMatchObject({ canAsk: false, errorMessage: 'No' });
    });

    it('passes on what the user does', async () => {
        await open();
        chatModel.send('Hello');
        chatModel.retry('key-1');
        chatModel.discard('key-2');
        chatModel.setVisible(false);
        chatModel.setAtEnd(true);
        expect(conversation.send).toHaveBeenCalledWith('Hello');
        expect(conversation.retry).toHaveBeenCalledWith('key-1');
        expect(conversation.discard).toHaveBeenCalledWith('key-2');
        expect(conversation.setVisible).toHaveBeenLastCalledWith(false);
        expect(conversation.setAtEnd).toHaveBeenCalledWith(true);
        chatModel.notifyTyping();
        expect(conversation.notifyTyping).toHaveBeenCalled();
        conversation.loadEarlier.mockRejectedValue(new Error('Gone'));
        await chatModel.loadEarlier();
        expect(chat.errorMessage).toBe('Gone');
    });

    it('remembers that it is hidden until there is a conversation', async () => {
        chatModel = openRecord(RECORD, note);
        chatModel.setVisible(false);
        chatModel.setAtEnd(true);
        await chatModel.loadEarlier();
        await pass();
        expect(conversation.setVisible).toHaveBeenCalledWith(false);
    });

    it('tells nothing more once it is closed', async () => {
        await open();
        chatModel.close();
        expect(conversation.close).toHaveBeenCalled();
        const last = chat;
        conversation.errorMessage = 'Late';
        changed();
        expect(chat).toBe(last);
    });

    it('goes no further once it is closed, at each of its awaits', async () => {
        chatModel = openRecord(RECORD, note);
        chatModel.close();
        await pass();
        expect(ConversationModel).not.toHaveBeenCalled();
        getRecordConversation.mockRejectedValueOnce(new Error('Late'));
        chatModel = openRecord(RECORD, note);
        chatModel.close();
        await pass(60000);
        expect(chat.errorMessage).toBe('');
        getRecordConversation.mockResolvedValue(null);
        await open();
        getRecordConversation.mockClear();
        chatModel.start();
        chatModel.close();
        await pass(60000);
        expect(getRecordConversation).not.toHaveBeenCalled();
        expect(jest.getTimerCount()).toBe(0);
    });
});
