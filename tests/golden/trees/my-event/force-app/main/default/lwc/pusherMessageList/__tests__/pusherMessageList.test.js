import { createElement } from 'lwc';
import MessageList from 'c/pusherMessageList';

const TAG = 'c-pusher-message-list';

const MESSAGES = [
    {
        id: 'm1',
        sequence: 1,
        direction: 'Inbound',
        body: '<b>Hello</b>',
        status: 'Received',
        sentAt: '2026-11-20T09:00:00.000Z'
    },
    {
        id: 'm2',
        sequence: 2,
        direction: 'Outbound',
        body: 'Good morning',
        status: 'Read',
        sentAt: '2026-11-20T09:01:00.000Z'
    },
    {
        id: 'm3',
        sequence: 3,
        direction: 'Inbound',
        body: '\u05e9\u05dc\u05d5\u05dd',
        status: 'Received',
        sentAt: '2026-11-21T09:00:00.000Z'
    },
    {
        clientKey: 'key-4',
        direction: 'Outbound',
        body: 'On its way',
        status: 'Failed',
        errorMessage: 'No network',
        sentAt: '2026-11-21T09:02:00.000Z'
    }
];

function createList(properties) {
    const element = createElement(TAG, { is: MessageList });
    Object.assign(element, properties);
    document.body.appendChild(element);
    return element;
}

describe('c-pusher-message-list', () => {
    afterEach(() => {
        document.body.replaceChildren();
    });

    it('shows messages in order, as text and never as markup', () => {
        const element = createList({ messages: MESSAGES });
        const texts = [...element.shadowRoot.querySelectorAll('.text')];
        expect(texts.map((text) => text.textContent)).toEqual(
            MESSAGES.map(({ body }) => body)
        );
        expect(element.shadowRoot.querySelector('.text b')).toBeNull();
        expect(texts.every((text) => text.dir === 'auto')).toBe(true);
    });

    it('separates days and marks what is new', () => {
        const element = createList({ messages: MESSAGES, firstUnread: 3 });
        const rows = [...element.shadowRoot.querySelectorAll('li')];
        const kinds = rows.map((row) => {
            if (row.dataset.status) {
                return row.dataset.status;
            }
            return 'divider' in row.dataset ? 'new' : 'day';
        });
        expect(kinds).toEqual([
            'day',
            'Received',
            'Read',
            'day',
            'new',
            'Received',
            'Failed'
        ]);
    });

    it('offers to send a failed message again', () => {
        const element = createList({ messages: MESSAGES });
        const handler = jest.fn();
        element.addEventListener('retry', handler);
        element.shadowRoot
            .querySelector('lightning-button[data-key="key-4"]')
            .click();
        expect(handler.mock.calls[0][0].detail).toBe('key-4');
        const alert = element.shadowRoot.querySelector('[role="alert"]');
        expect(alert.textContent).toBe('No network');
    });

    it('offers earlier messages only when there are some', async () => {
        const element = createList({ messages: MESSAGES.slice(0, 2) });
        expect(element.shadowRoot.querySelector('lightning-button')).toBeNull();
        element.hasMore = true;
        await Promise.resolve();
        const handler = jest.fn();
        element.addEventListener('earlier', handler);
        element.shadowRoot.querySelector('lightning-button').click();
        expect(handler).toHaveBeenCalled();
    });

    it('says so when there is none', () => {
        const element = createList({ messages: [] });
        expect(element.shadowRoot.querySelector('p').textContent).toBe(
            'c.PusherNoMessages'
        );
    });

    it('is accessible', async () => {
        const element = createList({ messages: MESSAGES, firstUnread: 3 });
        await expect(element).toBeAccessible();
    });
});
