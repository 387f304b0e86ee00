import { reduceErrors } from 'c/pusherErrors';

describe('c-pusher-errors', () => {
    it('reads the message of an Apex exception', () => {
        const error = { body: { message: 'No access' } };
        expect(reduceErrors(error)).toBe('No access');
    });

    it('joins the messages of a list', () => {
        const error = { body: [{ message: 'One' }, { message: 'Two' }] };
        expect(reduceErrors(error)).toBe('One, Two');
    });

    it('reads a JavaScript error and a plain text', () => {
        expect(reduceErrors(new Error('Broken'))).toBe('Broken');
        expect(reduceErrors('Odd')).toBe('Odd');
    });
});
