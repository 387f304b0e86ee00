import { getConversations as ask } from 'c/pusherStore';
import askOnce from '@salesforce/apex/PusherConversationsController.getConversations';

jest.mock(
    '@salesforce/apex/PusherConversationsController.getConversations',
    () => ({ default: jest.fn() }),
    { virtual: true }
);

const PARAMETERS = { conversationId: 'c1', afterSequence: 3 };

describe('c-pusher-store', () => {
    afterEach(() => {
        jest.resetAllMocks();
    });

    it('asks once for an answer', async () => {
        askOnce.mockResolvedValue({ messages: [] });
        const page = await ask(PARAMETERS);
        expect(page).toEqual({ messages: [] });
        expect(askOnce).toHaveBeenCalledTimes(1);
        expect(askOnce).toHaveBeenCalledWith(PARAMETERS);
    });

    it('asks again where a renewed login was all that came of it', async () => {
        askOnce.mockResolvedValueOnce(null);
        askOnce.mockResolvedValueOnce({ messages: [] });
        const page = await ask(PARAMETERS);
        expect(page).toEqual({ messages: [] });
        expect(askOnce).toHaveBeenLastCalledWith(PARAMETERS);
    });

    it('passes on why there is no answer', async () => {
        askOnce.mockRejectedValue(new Error('Busy'));
        await expect(ask(PARAMETERS)).rejects.toThrow('Busy');
    });
});
