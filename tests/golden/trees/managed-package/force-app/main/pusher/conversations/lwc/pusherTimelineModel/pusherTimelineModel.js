import TIME_ZONE from '@salesforce/i18n/timeZone';
import { attempt } from 'c/pusherErrors';
import { label } from 'c/pusherLabels';

const BURST = 5 * 60 * 1000;

/** A day begins where the user's Salesforce time zone says, as in the times shown. */
const days = createDays();

function createDays() {
    // A browser that doesn't know the zone draws the times in its own too.
    return attempt(
        () => new Intl.DateTimeFormat('en', { timeZone: TIME_ZONE }),
        () => new Intl.DateTimeFormat('en')
    );
}

function describe(message) {
    const side = message.direction.toLowerCase();
    const time = Date.parse(message.sentAt);
    return {
        ...message,
        key: message.clientKey ?? message.id,
        day: Number.isNaN(time) ? '' : days.format(time),
        time,
        hasNote: true,
        rowClass: `slds-chat-listitem slds-chat-listitem_${side}`,
        textClass: `slds-chat-message__text slds-chat-message__text_${side}`,
        statusLabel: label.statuses[message.status],
        isFailed: message.status === 'Failed' && !message.id,
        isUnsent: ['Failed', 'Waiting'].includes(message.status) && !message.id
    };
}

/** Messages that one wrote in one go say once who, when and how they stand. */
function isBurst(before, item) {
    return (
        before.direction === item.direction &&
        before.author === item.author &&
        before.status === item.status &&
        !item.isUnsent &&
        item.time - before.time < BURST
    );
}

/** The first message that is new, and that the user hasn't answered yet. */
function findFirstNew(messages, firstUnread) {
    const directions = messages.map(({ direction }) => direction);
    return messages
        .slice(directions.lastIndexOf('Outbound') + 1)
        .find(({ sequence }) => firstUnread && sequence >= firstUnread);
}

/** What a list of messages shows: the rows, the days and the line above what is new. */
export function listItems(messages, firstUnread) {
    const firstNew = findFirstNew(messages, firstUnread);
    let before;
    return messages.flatMap((message) => {
        const item = describe(message);
        const items = [item];
        if (message === firstNew) {
            items.unshift({ key: 'new', isDivider: true });
        }
        if (item.day !== before?.day) {
            // A late text can stand between others of another day.
            const { key, sentAt } = item;
            items.unshift({ key: `day-${key}`, isDay: true, sentAt });
        }
        if (items.length === 1 && isBurst(before, item)) {
            before.hasNote = false;
        }
        before = item;
        return items;
    });
}
