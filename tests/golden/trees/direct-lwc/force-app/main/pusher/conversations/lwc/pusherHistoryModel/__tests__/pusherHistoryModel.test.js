import { HistoryModel } from 'c/pusherHistoryModel';

const create = (sequence, fields) => ({
    id: `m${sequence}`,
    sequence,
    sentAt: '2020-01-01T00:00:00.000Z',
    ...fields
});
const many = (count, from = 1) =>
    Array.from({ length: count }, (_, index) => create(from + index));

describe('c-pusher-history-model', () => {
    let history;
    const sequences = () => history.messages.map(({ sequence }) => sequence);

    beforeEach(() => {
        jest.useFakeTimers();
        history = new HistoryModel();
        history.begin({ messages: many(3), hasMore: false });
    });

    afterEach(() => {
        jest.useRealTimers();
    });

    it('keeps each message once and in order', () => {
        history.merge([create(5), create(4), create(4), create(2)]);
        expect(sequences()).toEqual([1, 2, 3, 4, 5]);
    });

    it('asks for what it was told of and has not got', () => {
        expect(history.expect(3)).toBe(false);
        expect(history.expect(4)).toBe(true);
        expect(history.expect(4)).toBe(false);
        expect(history.expect(0)).toBe(false);
        expect(history.from).toBe(3);
    });

    it('waits for a message that is missing, then gives it up', () => {
        history.merge([create(5)]);
        expect(history.advance(5)).toBe(false);
        expect(history.from).toBe(3);
        jest.advanceTimersByTime(9999);
        expect(history.advance(5)).toBe(false);
        jest.advanceTimersByTime(1);
        expect(history.advance(5)).toBe(true);
        expect(history.from).toBe(5);
    });

    it('takes a message that comes after it was given up', () => {
        history.merge([create(5)]);
        history.advance(5);
        jest.advanceTimersByTime(10000);
        history.advance(5);
        expect(history.expect(4)).toBe(true);
        expect(history.from).toBe(3);
        history.merge([create(4)]);
        expect(history.advance(5)).toBe(true);
        expect(sequences()).toEqual([1, 2, 3, 4, 5]);
    });

    it('is not silenced by a number that somebody made up', () => {
        history.expect(2147483647);
        expect(history.advance(3)).toBe(false);
        history.merge([create(4)]);
        jest.advanceTimersByTime(10000);
        expect(history.advance(4)).toBe(true);
        expect(history.from).toBe(4);
        expect(history.expect(5)).toBe(true);
    });

    it('goes on after a newest message that was deleted', () => {
        expect(history.advance(4)).toBe(false);
        jest.advanceTimersByTime(10000);
        expect(history.advance(4)).toBe(true);
        expect(history.complete).toBe(3);
    });

    it('waits for a recent message that its first page lacks', () => {
        const sentAt = new Date().toISOString();
        const page = [create(1), create(3, { sentAt })];
        history.begin({ messages: page, hasMore: false });
        expect(history.from).toBe(1);
        expect(history.findHole()).toBe(2);
    });

    it('knows whether others came before an own message', () => {
        expect(history.append(create(4))).toBe(false);
        expect(history.append(create(6))).toBe(true);
        expect(history.advance(6)).toBe(false);
    });

    it('keeps the newer state of an own message', () => {
        history.merge([create(4, { status: 'Delivered' })]);
        history.append(create(4, { status: 'Sent' }));
        expect(history.messages.at(-1).status).toBe('Delivered');
    });

    it('lets old messages go, and says that there are more', () => {
        history.merge(many(300));
        history.trim();
        expect(history.messages).toHaveLength(200);
        expect(history.hasMore).toBe(true);
        expect(history.expect(1)).toBe(false);
        expect(history.first).toBe(101);
    });

    it('keeps older messages for whoever reads them', () => {
        history.merge(many(240));
        history.prepend({ messages: [], hasMore: false });
        history.stay();
        history.merge(many(900));
        history.trim();
        expect(history.messages).toHaveLength(900);
        history.shrink();
        expect(history.messages).toHaveLength(200);
    });

    it('begins with what may still change', () => {
        const sent = { direction: 'Outbound', status: 'Sent' };
        history.merge([
            create(2, sent),
            create(3, { ...sent, status: 'Read' })
        ]);
        expect(history.findUnsettled(['Read'])).toBe(2);
        expect(history.findUnsettled(['Read', 'Sent'])).toBe(4);
    });
});
