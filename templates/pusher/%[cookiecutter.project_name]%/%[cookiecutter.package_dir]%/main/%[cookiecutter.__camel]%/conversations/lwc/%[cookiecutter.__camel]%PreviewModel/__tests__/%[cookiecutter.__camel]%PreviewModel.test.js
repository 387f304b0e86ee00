import { describeRows } from 'c/%[ cookiecutter.__camel ]%PreviewModel';

const ADA = {
    id: 'a01',
    name: 'Ada',
    recordId: '003A',
    lastMessage: 'Hi',
    lastMessageAt: '2026-11-20T09:00:00.000Z',
    lastDirection: 'Inbound',
    unread: 2
};

describe('c-%[ cookiecutter.__camel ]%-preview-model', () => {
    it('gives the time as a number, which relative times take', () => {
        const [row] = describeRows([ADA]);
        expect(row.time).toBe(1795165200000);
    });

    it('gives no time where there is no message yet', () => {
        const [row] = describeRows([{ ...ADA, lastMessageAt: null }]);
        expect(row.time).toBeUndefined();
    });

    it('says where the user wrote last', () => {
        const sent = { ...ADA, lastDirection: 'Outbound' };
        expect(describeRows([ADA])[0].preview).toBe('Hi');
%{ filter fit }%
        expect(describeRows([sent])[0].preview).toBe(
            'c.%[ cookiecutter.prefix ]%WrittenByYou'
        );
%{ endfilter }%
    });

    it('marks what is unread and what is open', () => {
        const rows = describeRows(
            [ADA, { ...ADA, id: 'a02', unread: 0 }],
            'a02'
        );
        expect(rows.map(({ rowClass }) => rowClass)).toEqual([
            'row row_unread',
            'row'
        ]);
        expect(rows.map(({ unreadLabel }) => unreadLabel)).toEqual([
            'c.%[ cookiecutter.prefix ]%UnreadHere',
            ''
        ]);
        expect(rows.map(({ isCurrent }) => isCurrent)).toEqual([
            'false',
            'true'
        ]);
    });
});
