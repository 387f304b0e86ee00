import { createElement } from 'lwc';
import MessageList from 'c/%[ cookiecutter.__camel ]%MessageList';

const TAG = 'c-%[ cookiecutter.__camel ]%-message-list';

const MESSAGES = [
    {
        id: 'm1',
        sequence: 1,
        direction: 'Inbound',
        author: 'Ada',
        body: '<b>Hello</b>',
        status: 'Received',
        sentAt: '2026-11-20T09:00:00.000Z'
    },
    {
        id: 'm2',
        sequence: 2,
        direction: 'Outbound',
        author: 'Me',
        body: 'Good morning',
        status: 'Read',
        sentAt: '2026-11-20T09:01:00.000Z'
    },
    {
        id: 'm3',
        sequence: 3,
        direction: 'Inbound',
        author: 'Ada',
        body: '\u05e9\u05dc\u05d5\u05dd',
        status: 'Received',
        sentAt: '2026-11-22T09:00:00.000Z'
    }
];
const UNSENT = [
    {
        clientKey: 'key-4',
        direction: 'Outbound',
        body: 'On its way',
        status: 'Failed',
        errorMessage: 'No network',
        sentAt: '2026-11-22T09:02:00.000Z'
    },
    {
        clientKey: 'key-5',
        direction: 'Outbound',
        body: 'Behind it',
        status: 'Waiting',
        sentAt: '2026-11-22T09:03:00.000Z'
    }
];

function createList(properties) {
    const element = createElement(TAG, { is: MessageList });
    Object.assign(element, properties);
    document.body.appendChild(element);
    return element;
}

function addHandler(element, name) {
    const handler = jest.fn();
    element.addEventListener(name, handler);
    return handler;
}

/** Says how high the list is, and where the reader stands in it. */
async function scroll(element, place) {
    const scroller = element.shadowRoot.querySelector('[role="log"]');
    Object.defineProperties(scroller, {
        scrollHeight: { configurable: true, value: 1000 },
        clientHeight: { configurable: true, value: 200 }
    });
    scroller.scrollTop = place;
    scroller.dispatchEvent(new CustomEvent('scroll'));
    await Promise.resolve();
}

describe('c-%[ cookiecutter.__camel ]%-message-list', () => {
    afterEach(() => {
        document.body.replaceChildren();
    });

    it('shows messages in order, as text and never as markup', () => {
        const { shadowRoot } = createList({ messages: MESSAGES });
        const texts = [...shadowRoot.querySelectorAll('.text')];
        expect(texts.map((text) => text.textContent)).toEqual(
            MESSAGES.map(({ body }) => body)
        );
        expect(shadowRoot.querySelector('.text b')).toBeNull();
        expect(texts.every((text) => text.dir === 'auto')).toBe(true);
    });

    it('separates days and marks what is new', () => {
        const { shadowRoot } = createList({
            messages: MESSAGES,
            firstUnread: 3
        });
        const rows = [...shadowRoot.querySelectorAll('li')];
        const kinds = rows.map(({ dataset }) => {
            const kind = 'divider' in dataset ? 'new' : dataset.status;
            return 'day' in dataset ? 'day' : kind;
        });
        expect(kinds).toEqual([
            'day',
            'Received',
            'Read',
            'day',
            'new',
            'Received'
        ]);
        const divider = shadowRoot.querySelector('[data-divider]');
        expect(divider.querySelector('.slds-text-color_error')).toBeNull();
    });

    it('offers to send again or discard what was never stored', () => {
        const element = createList({ messages: [...MESSAGES, ...UNSENT] });
        const retry = addHandler(element, 'retry');
        const discard = addHandler(element, 'discard');
        const { shadowRoot } = element;
        const buttons = shadowRoot.querySelectorAll('[data-retry]');
        expect(buttons).toHaveLength(1);
        buttons[0].click();
        expect(retry.mock.calls[0][0].detail).toBe('key-4');
        shadowRoot
            .querySelectorAll('[data-discard]')
            .forEach((button) => button.click());
        expect(discard.mock.calls.map(([{ detail }]) => detail)).toEqual([
            'key-4',
            'key-5'
        ]);
        const alert = shadowRoot.querySelector('[role="alert"]');
        expect(alert.textContent).toBe('No network');
    });

    it('offers earlier messages only when there are some', async () => {
        const element = createList({ messages: MESSAGES });
        const { shadowRoot } = element;
        expect(shadowRoot.querySelector('[data-earlier]')).toBeNull();
        element.hasMore = true;
        await Promise.resolve();
        const handler = addHandler(element, 'earlier');
        shadowRoot.querySelector('[data-earlier]').click();
        expect(handler).toHaveBeenCalled();
    });

    it('asks once for earlier messages where the reader nears the first', async () => {
        const element = createList({ messages: MESSAGES, hasMore: true });
        const handler = addHandler(element, 'earlier');
        await scroll(element, 300);
        expect(handler).not.toHaveBeenCalled();
        await scroll(element, 20);
        await scroll(element, 10);
        expect(handler).toHaveBeenCalledTimes(1);
        element.messages = [...MESSAGES];
        await scroll(element, 20);
        expect(handler).toHaveBeenCalledTimes(2);
    });

    it('asks for nothing earlier where there is nothing', async () => {
        const element = createList({ messages: MESSAGES });
        const handler = addHandler(element, 'earlier');
        await scroll(element, 0);
        expect(handler).not.toHaveBeenCalled();
    });

    it('tells whether the newest message is in sight', async () => {
        const element = createList({ messages: MESSAGES });
        const handler = addHandler(element, 'end');
        await scroll(element, 300);
        await scroll(element, 310);
        await scroll(element, 790);
        expect(handler.mock.calls.map(([{ detail }]) => detail)).toEqual([
            false,
            true
        ]);
    });

    it('says so when there is none', () => {
        const { shadowRoot } = createList({ messages: [] });
%{ filter fit }%
        expect(shadowRoot.querySelector('p').textContent).toBe(
            'c.%[ cookiecutter.prefix ]%NoMessages'
        );
%{ endfilter }%
    });

    it('is as high as there is room where it stands', () => {
        const { shadowRoot } = createList({ place: 'utility' });
        const { classList } = shadowRoot.querySelector('[role="log"]');
        expect(classList.contains('scroller_utility')).toBe(true);
    });

    it('shows what comes, and what goes', async () => {
        const element = createList({ messages: MESSAGES });
        const count = () =>
            element.shadowRoot.querySelectorAll('li[data-key]').length;
        element.messages = [...MESSAGES, ...UNSENT];
        await Promise.resolve();
        expect(count()).toBe(5);
        element.messages = [];
        await Promise.resolve();
        expect(count()).toBe(0);
    });

    it('is accessible', async () => {
        const messages = [...MESSAGES, ...UNSENT];
        const element = createList({ messages, firstUnread: 3 });
        await expect(element).toBeAccessible();
    });
});
