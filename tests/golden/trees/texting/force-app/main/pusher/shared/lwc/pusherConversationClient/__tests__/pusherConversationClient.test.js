import { getConversations as ask } from 'c/pusherConversationClient';
import callOnce from '@salesforce/apex/PusherConversationController.getConversations';

jest.mock(
    '@salesforce/apex/PusherConversationController.getConversations',
    () => ({ default: jest.fn() }),
    { virtual: true }
);

const PARAMETERS = { conversationId: 'c1', afterSequence: 3 };

describe('c-pusher-conversation-client', () => {
    afterEach(() => {
        jest.resetAllMocks();
    });

    it('asks once for an answer', async () => {
        callOnce.mockResolvedValue({ messages: [] });
        const page = await ask(PARAMETERS);
        expect(page).toEqual({ messages: [] });
        expect(callOnce).toHaveBeenCalledTimes(1);
        expect(callOnce).toHaveBeenCalledWith(PARAMETERS);
    });

    it('asks again where a renewed login was all that came of it', async () => {
        callOnce.mockResolvedValueOnce(null);
        callOnce.mockResolvedValueOnce({ messages: [] });
        const page = await ask(PARAMETERS);
        expect(page).toEqual({ messages: [] });
        expect(callOnce).toHaveBeenLastCalledWith(PARAMETERS);
    });

    it('passes on why there is no answer', async () => {
        callOnce.mockRejectedValue(new Error('Busy'));
        await expect(ask(PARAMETERS)).rejects.toThrow('Busy');
    });
});
