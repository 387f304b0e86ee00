import { listItems } from 'c/pusherTimeline';

function createMessage(sequence, fields) {
    return {
        id: `a0${sequence}`,
        sequence,
        clientKey: `key-${sequence}`,
        direction: 'Inbound',
        status: 'Delivered',
        sentAt: '2026-11-20T10:00:00.000Z',
        ...fields
    };
}

describe('c-pusher-timeline', () => {
    it('starts each day with its date', () => {
        const items = listItems([
            createMessage(1),
            createMessage(2),
            createMessage(3, { sentAt: '2026-11-22T10:00:00.000Z' })
        ]);
        expect(items.map(({ isDay }) => Boolean(isDay))).toEqual([
            true,
            false,
            false,
            true,
            false
        ]);
    });

    it('draws a line above what is new, under its day', () => {
        const items = listItems([createMessage(7)], 7);
        expect(items.map(({ key }) => key)).toEqual([
            new Date('2026-11-20T10:00:00.000Z').toDateString(),
            'new',
            'key-7'
        ]);
    });

    it('draws no line above what the user has sent', () => {
        const sent = createMessage(7, { direction: 'Outbound' });
        expect(listItems([sent], 7)).toHaveLength(2);
    });

    it('offers to send again only what was never stored', () => {
        const failed = { direction: 'Outbound', status: 'Failed' };
        const items = listItems([
            createMessage(1, failed),
            createMessage(2, { ...failed, id: undefined })
        ]);
        expect(items.slice(1).map(({ isFailed }) => isFailed)).toEqual([
            false,
            true
        ]);
        expect(items[1].rowClass).toContain('slds-chat-listitem_outbound');
    });
});
