import { label } from 'c/pusherLabels';

function describePreview({ lastDirection, lastMessage = '' }) {
    return lastDirection === 'Outbound'
        ? label.format(label.writtenByYou, lastMessage)
        : lastMessage;
}

function describe(row, chosenId) {
    const { unread, lastMessageAt } = row;
    return {
        ...row,
        // A relative time takes a number or a date; the store gives text.
        time: lastMessageAt ? Date.parse(lastMessageAt) : undefined,
        preview: describePreview(row),
        unreadLabel: unread ? label.format(label.unreadHere, unread) : '',
        isCurrent: row.id === chosenId ? 'true' : 'false',
        rowClass: unread ? 'row row_unread' : 'row'
    };
}

/** What a list of conversations shows of each; one of them may be chosen. */
export function describeRows(conversations, chosenId) {
    return conversations.map((row) => describe(row, chosenId));
}
