import { listItems } from 'c/pusherTimelineModel';

// Jest's stand-in for the user's zone; 8 hours behind UTC in winter.
jest.mock(
    '@salesforce/i18n/timeZone',
    () => ({ default: 'America/Los_Angeles' }),
    { virtual: true }
);

function createMessage(sequence, fields) {
    return {
        id: `a0${sequence}`,
        sequence,
        clientKey: `key-${sequence}`,
        direction: 'Inbound',
        author: 'Ada',
        status: 'Received',
        sentAt: '2026-11-20T18:00:00.000Z',
        ...fields
    };
}

function kinds(items) {
    return items.map(({ isDay, isDivider, sequence }) => {
        if (isDay) {
            return 'day';
        }
        return isDivider ? 'new' : sequence;
    });
}

function sentAt(...times) {
    return times.map((time, index) => createMessage(index, { sentAt: time }));
}

describe('c-pusher-timeline-model', () => {
    it('starts each day with its date', () => {
        const items = listItems([
            createMessage(1),
            createMessage(2),
            createMessage(3, { sentAt: '2026-11-22T18:00:00.000Z' })
        ]);
        expect(kinds(items)).toEqual(['day', 1, 2, 'day', 3]);
    });

    it("ends the day in the user's Salesforce time zone", () => {
        const items = listItems(
            sentAt('2026-11-21T07:59:00.000Z', '2026-11-21T08:00:00.000Z')
        );
        expect(kinds(items)).toEqual(['day', 0, 'day', 1]);
        const whole = listItems(
            sentAt('2026-11-20T23:59:00.000Z', '2026-11-21T00:01:00.000Z')
        );
        expect(kinds(whole)).toEqual(['day', 0, 1]);
    });

    it('knows the days that have 23 or 25 hours', () => {
        const spring = sentAt(
            '2026-03-08T08:00:00.000Z',
            '2026-03-09T06:59:00.000Z',
            '2026-03-09T07:00:00.000Z'
        );
        expect(kinds(listItems(spring))).toEqual(['day', 0, 1, 'day', 2]);
        const autumn = sentAt(
            '2026-11-01T07:00:00.000Z',
            '2026-11-02T07:59:00.000Z',
            '2026-11-02T08:00:00.000Z'
        );
        expect(kinds(listItems(autumn))).toEqual(['day', 0, 1, 'day', 2]);
    });

    it('gives each row a key of its own where days alternate', () => {
        const items = listItems(
            sentAt(
                '2026-11-20T18:00:00.000Z',
                '2026-11-22T18:00:00.000Z',
                '2026-11-20T19:00:00.000Z',
                '2026-11-22T19:00:00.000Z'
            )
        );
        const keys = items.map(({ key }) => key);
        expect(keys).toHaveLength(8);
        expect(new Set(keys).size).toBe(8);
    });

    it('draws a line above what is new, under its day', () => {
        const items = listItems([createMessage(6), createMessage(7)], 7);
        expect(kinds(items)).toEqual(['day', 6, 'new', 7]);
        expect(kinds(listItems([createMessage(7)], 7))).toEqual([
            'day',
            'new',
            7
        ]);
    });

    it('draws the line above what the client wrote, not the user', () => {
        const sent = createMessage(7, { direction: 'Outbound' });
        expect(kinds(listItems([sent], 7))).toEqual(['day', 7]);
        const both = listItems([sent, createMessage(8)], 7);
        expect(kinds(both)).toEqual(['day', 7, 'new', 8]);
    });

    it('draws no line once the user has answered', () => {
        const stored = createMessage(8, { direction: 'Outbound' });
        const items = listItems([createMessage(7), stored], 7);
        expect(kinds(items)).toEqual(['day', 7, 8]);
        const underWay = { ...stored, id: undefined, sequence: undefined };
        expect(kinds(listItems([createMessage(7), underWay], 7))).toHaveLength(
            3
        );
    });

    it('draws the line above what came after the answer', () => {
        const answer = createMessage(8, { direction: 'Outbound' });
        const items = listItems(
            [createMessage(7), answer, createMessage(9)],
            7
        );
        expect(kinds(items)).toEqual(['day', 7, 8, 'new', 9]);
    });

    it('draws no line where nothing is unread', () => {
        expect(kinds(listItems([createMessage(7)], 8))).toEqual(['day', 7]);
        expect(kinds(listItems([createMessage(7)]))).toEqual(['day', 7]);
    });

    it('says who and when once for what was written in one go', () => {
        const later = '2026-11-20T18:04:59.000Z';
        const items = listItems([
            createMessage(1),
            createMessage(2, { sentAt: later }),
            createMessage(3, { sentAt: '2026-11-20T18:10:00.000Z' }),
            createMessage(4, {
                sentAt: '2026-11-20T18:10:00.000Z',
                direction: 'Outbound'
            })
        ]);
        expect(items.slice(1).map(({ hasNote }) => hasNote)).toEqual([
            false,
            true,
            true,
            true
        ]);
    });

    it('says of each text how it stands where they differ', () => {
        const sent = { direction: 'Outbound', author: 'Me' };
        const items = listItems([
            createMessage(1, { ...sent, status: 'Read' }),
            createMessage(2, { ...sent, status: 'Sent' }),
            createMessage(3, { ...sent, status: 'Sent' })
        ]);
        expect(items.slice(1).map(({ hasNote }) => hasNote)).toEqual([
            true,
            false,
            true
        ]);
    });

    it('keeps the name above a new line and a new day', () => {
        const items = listItems([createMessage(1), createMessage(2)], 2);
        expect(items[1].hasNote).toBe(true);
    });

    it('offers to send again only what was never stored', () => {
        const failed = { direction: 'Outbound', status: 'Failed' };
        const items = listItems([
            createMessage(1, failed),
            createMessage(2, { ...failed, id: undefined })
        ]);
        expect(items.slice(1).map(({ isUnsent }) => isUnsent)).toEqual([
            false,
            true
        ]);
        expect(items[1].rowClass).toContain('slds-chat-listitem_outbound');
    });

    it('draws a text whose time nobody knows', () => {
        const items = listItems([createMessage(1, { sentAt: undefined })]);
        expect(kinds(items)).toEqual(['day', 1]);
    });
});
