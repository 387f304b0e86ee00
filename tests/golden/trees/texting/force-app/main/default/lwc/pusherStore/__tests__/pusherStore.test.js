import { getMessagesSince } from 'c/pusherStore';
import getMessagesSinceOnce from '@salesforce/apex/PusherConversationsController.getMessagesSince';

jest.mock(
    '@salesforce/apex/PusherConversationsController.getMessagesSince',
    () => ({ default: jest.fn() }),
    { virtual: true }
);

const PARAMETERS = { conversationId: 'c1', afterSequence: 3 };

describe('c-pusher-store', () => {
    afterEach(() => {
        jest.resetAllMocks();
    });

    it('asks once for an answer', async () => {
        getMessagesSinceOnce.mockResolvedValue({ messages: [] });
        const page = await getMessagesSince(PARAMETERS);
        expect(page).toEqual({ messages: [] });
        expect(getMessagesSinceOnce).toHaveBeenCalledTimes(1);
        expect(getMessagesSinceOnce).toHaveBeenCalledWith(PARAMETERS);
    });

    it('asks again where a renewed login was all that came of it', async () => {
        getMessagesSinceOnce.mockResolvedValueOnce(null);
        getMessagesSinceOnce.mockResolvedValueOnce({ messages: [] });
        const page = await getMessagesSince(PARAMETERS);
        expect(page).toEqual({ messages: [] });
        expect(getMessagesSinceOnce).toHaveBeenLastCalledWith(PARAMETERS);
    });

    it('passes on why there is no answer', async () => {
        getMessagesSinceOnce.mockRejectedValue(new Error('Busy'));
        await expect(getMessagesSince(PARAMETERS)).rejects.toThrow('Busy');
    });
});
