import { createElement } from 'lwc';
import EventListener from 'c/pusherEventListener';
import { watchEvents } from 'c/pusherEventListenerModel';

jest.mock('c/pusherEventListenerModel', () => ({ watchEvents: jest.fn() }));

describe('c-pusher-event-listener', () => {
    const stop = jest.fn();

    async function createListener(state) {
        watchEvents.mockImplementation((changed) => {
            changed({ channels: ['news'], events: [], ...state });
            return stop;
        });
        const element = createElement('c-pusher-event-listener', {
            is: EventListener
        });
        document.body.appendChild(element);
        await Promise.resolve();
        return element;
    }

    function find(element, selector) {
        return element.shadowRoot.querySelector(selector);
    }

    afterEach(() => {
        while (document.body.firstChild) {
            document.body.removeChild(document.body.firstChild);
        }
    });

    it('shows an event with its data', async () => {
        const event = {
            id: 1,
            name: 'my-event',
            channel: 'news',
            receivedAt: '2026-01-02T03:04:05.000Z',
            data: '{"text":"Hello"}'
        };
        const element = await createListener({ events: [event] });
        const { textContent } = find(element, '[data-event]');
        expect(textContent).toContain('my-event');
        expect(textContent).toContain('{"text":"Hello"}');
    });

    it('says what it listens to while nothing has come', async () => {
        const element = await createListener({});
        expect(find(element, '[data-channels]')).not.toBeNull();
        expect(find(element, '[data-event]')).toBeNull();
    });

    it('shows why it cannot listen', async () => {
        const element = await createListener({ errorMessage: 'Broken.' });
        expect(find(element, '[role="alert"]').textContent).toBe('Broken.');
    });

    it('stops when it is taken away', async () => {
        const element = await createListener({});
        document.body.removeChild(element);
        expect(stop).toHaveBeenCalled();
    });

    it('is accessible', async () => {
        const element = await createListener({});
        await expect(element).toBeAccessible();
    });
});
