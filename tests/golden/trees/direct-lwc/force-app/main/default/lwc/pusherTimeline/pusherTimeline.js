import { label } from 'c/pusherLabels';

function describe(message) {
    const side = message.direction.toLowerCase();
    return {
        ...message,
        key: message.clientKey ?? message.id,
        rowClass: `slds-chat-listitem slds-chat-listitem_${side}`,
        textClass: `slds-chat-message__text slds-chat-message__text_${side}`,
        statusLabel: label.statuses[message.status],
        isFailed: message.status === 'Failed' && !message.id
    };
}

/** What a list of messages shows: the rows, the days and the line above what is new. */
export function listItems(messages, firstUnread) {
    let day;
    return messages.flatMap((message) => {
        const { direction, sentAt, sequence } = message;
        const items = [describe(message)];
        if (sequence === firstUnread && direction === 'Inbound') {
            items.unshift({ key: 'new', isDivider: true });
        }
        const messageDay = new Date(sentAt).toDateString();
        if (messageDay !== day) {
            day = messageDay;
            items.unshift({ key: messageDay, isDay: true, sentAt });
        }
        return items;
    });
}
