import { createElement } from 'lwc';
import Rows from 'c/%[ cookiecutter.__camel ]%ConversationRows';

const CONVERSATIONS = [
    {
        id: 'a01',
        name: 'Ada',
        recordId: '003A',
        lastMessage: 'Hi',
        lastMessageAt: '2026-11-20T09:00:00.000Z',
        unread: 2
    },
    { id: 'a02', name: '+15550100', lastMessage: 'Who is it?', unread: 0 }
];

function createRows(properties) {
%{ filter fit }%
    const element = createElement('c-%[ cookiecutter.__camel ]%-conversation-rows', {
        is: Rows
    });
%{ endfilter }%
    Object.assign(element, {
        conversations: CONVERSATIONS,
        listLabel: 'Conversations',
        ...properties
    });
    document.body.appendChild(element);
    return element;
}

describe('c-%[ cookiecutter.__camel ]%-conversation-rows', () => {
    afterEach(() => {
        document.body.replaceChildren();
    });

    it('hands a number over to the relative time, never text', () => {
        const { shadowRoot } = createRows();
        const times = shadowRoot.querySelectorAll(
            'lightning-relative-date-time'
        );
        expect([...times].map(({ value }) => typeof value)).toEqual(['number']);
    });

    it('is one button a row, with the record or without', () => {
        const element = createRows();
        const handler = jest.fn();
        element.addEventListener('choose', handler);
        element.shadowRoot
            .querySelectorAll('li button')
            .forEach((button) => button.click());
        expect(handler.mock.calls.map(([{ detail }]) => detail)).toEqual([
            'a01',
            'a02'
        ]);
    });

    it('counts what is unread, and marks nothing else', () => {
        const { shadowRoot } = createRows();
        const counts = [...shadowRoot.querySelectorAll('.count')];
        expect(counts.map((count) => count.firstChild.textContent)).toEqual([
            '2'
        ]);
        expect(shadowRoot.querySelectorAll('.row_unread')).toHaveLength(1);
    });

    it('names the conversation that is open', () => {
        const { shadowRoot } = createRows({ chosenId: 'a02' });
        const open = shadowRoot.querySelectorAll('[aria-current="true"]');
        expect([...open].map(({ dataset }) => dataset.id)).toEqual(['a02']);
    });

    it('gives the focus back to a row', () => {
        const element = createRows();
        element.focusRow('a02');
        expect(element.shadowRoot.activeElement.dataset.id).toBe('a02');
        element.focusRow('gone');
        expect(element.shadowRoot.activeElement.dataset.id).toBe('a02');
    });

    it('is accessible', async () => {
        await expect(createRows()).toBeAccessible();
    });
});
