import { attempt, reduceErrors } from 'c/pusherErrors';

describe('c-pusher-errors', () => {
    it.each([
        [{ body: { message: 'From Apex' } }, 'From Apex'],
        [{ body: [{ message: 'One' }, { message: 'Two' }] }, 'One, Two'],
        [new Error('From JavaScript'), 'From JavaScript'],
        ['Just text', 'Just text'],
        [null, 'null']
    ])('finds the sentences of %p', (error, sentence) => {
        expect(reduceErrors(error)).toBe(sentence);
    });

    it('gives what an action returns, or what is made of its error', () => {
        const fail = () => {
            throw new Error('Denied');
        };
        expect(attempt(() => 1, fail)).toBe(1);
        expect(attempt(fail, ({ message }) => message)).toBe('Denied');
    });

    it.each([
        'Failed to fetch',
        'Load failed',
        'NetworkError when attempting to fetch resource.',
        'The Internet connection appears to be offline.',
        'Disconnected or Canceled'
    ])("says in the org's language what a browser calls %p", (message) => {
        const sentence = 'c.PusherErrorNetwork';
        expect(reduceErrors(new TypeError(message))).toBe(sentence);
        expect(reduceErrors({ body: { message } })).toBe(sentence);
        expect(reduceErrors({ body: [{ message }] })).toBe(sentence);
    });
});
