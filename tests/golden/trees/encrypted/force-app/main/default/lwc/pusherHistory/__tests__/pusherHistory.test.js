import { History } from 'c/pusherHistory';

let history;

function createRows(...numbers) {
    return numbers.map((sequence) => ({
        id: `m${sequence}`,
        sequence,
        direction: 'Inbound',
        status: 'Received'
    }));
}

function listSequences() {
    return history.messages.map(({ sequence }) => sequence);
}

describe('c-pusher-history', () => {
    beforeEach(() => {
        history = new History();
        history.begin(createRows(1, 2, 3));
    });

    it('keeps each message once and in order', () => {
        history.merge(createRows(5, 3, 4));
        history.merge(createRows(4));
        expect(listSequences()).toEqual([1, 2, 3, 4, 5]);
        expect(history.last).toBe(5);
    });

    it('fetches what it is told of once', () => {
        expect(history.expect(4)).toBe(true);
        expect(history.expect(4)).toBe(false);
        expect(history.expect(2)).toBe(false);
    });

    it('moves on where nothing is missing', () => {
        history.merge(createRows(4, 5));
        expect(history.advance()).toBe(true);
        expect(history.reached).toBe(5);
    });

    it('waits for a missing message, but not for ever', () => {
        history.merge(createRows(5));
        const answers = [1, 2, 3, 4].map(() => history.advance());
        expect(answers).toEqual([false, false, false, true]);
        expect(history.reached).toBe(5);
    });

    it('waits for a message that was told of', () => {
        history.expect(4);
        expect(history.advance()).toBe(false);
        history.merge(createRows(4));
        expect(history.advance()).toBe(true);
    });

    it('says whether others came before its own message', () => {
        expect(history.append(createRows(4)[0])).toBe(false);
        expect(history.reached).toBe(4);
        expect(history.append(createRows(6)[0])).toBe(true);
        expect(history.reached).toBe(4);
    });

    it('finds where delivery states may change', () => {
        expect(history.beforeUnsettled()).toBe(3);
        const [row] = createRows(2);
        history.merge([{ ...row, direction: 'Outbound', status: 'Sent' }]);
        expect(history.beforeUnsettled()).toBe(1);
    });
});
