import { createElement } from 'lwc';
import { updateUtility } from 'lightning/platformUtilityBarApi';
import { receive } from 'c/pusherChannels';
import { forgetConfiguration } from 'c/pusherConfiguration';
import { watchInbox } from 'c/pusherInbox';
import Notifications from 'c/pusherNotifications';
import getConfiguration from '@salesforce/apex/PusherBridgeController.getConfiguration';

const mockNavigate = jest.fn();

jest.mock('lightning/navigation', () => {
    const Navigate = Symbol('Navigate');
    const NavigationMixin = (Base) =>
        class extends Base {
            [Navigate](target) {
                mockNavigate(target);
            }
        };
    NavigationMixin.Navigate = Navigate;
    return { NavigationMixin };
});
jest.mock(
    '@salesforce/apex/PusherBridgeController.getConfiguration',
    () => ({ default: jest.fn() }),
    { virtual: true }
);
jest.mock('c/pusherInbox', () => ({ watchInbox: jest.fn() }));
jest.mock(
    'lightning/platformUtilityBarApi',
    () => {
        class EnclosingUtilityId {
            constructor(dataCallback) {
                dataCallback('utility-1');
            }

            connect() {}

            disconnect() {}

            update() {}
        }
        EnclosingUtilityId.adapter = EnclosingUtilityId;
        return { EnclosingUtilityId, updateUtility: jest.fn() };
    },
    { virtual: true }
);

const CONVERSATIONS = [
    { id: '1', name: 'Ada', recordId: '003A', lastMessage: 'Hi', unread: 2 },
    { id: '2', name: 'Bob', recordId: '003B', lastMessage: 'Bye', unread: 0 }
];

describe('c-pusher-notifications', () => {
    let publish;
    const stop = jest.fn();

    async function createNotifications(unread) {
        const element = createElement('c-pusher-notifications', {
            is: Notifications
        });
        document.body.appendChild(element);
        publish({ conversations: CONVERSATIONS, unread, errorMessage: '' });
        await Promise.resolve();
        return element;
    }

    beforeEach(() => {
        getConfiguration.mockResolvedValue({ publicChannel: 'my-channel' });
        watchInbox.mockImplementation((watcher) => {
            publish = watcher;
            return stop;
        });
    });

    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
    });

    it('lists only conversations with unread texts', async () => {
        const element = await createNotifications(2);
        const items = element.shadowRoot.querySelectorAll('li');
        expect(items).toHaveLength(1);
        expect(items[0].querySelector('p').textContent).toBe('Hi');
    });

    it('highlights the utility while something is unread', async () => {
        await createNotifications(2);
        expect(updateUtility).toHaveBeenLastCalledWith(
            'utility-1',
            expect.objectContaining({ highlighted: true })
        );
        publish({ conversations: [], unread: 0, errorMessage: '' });
        expect(updateUtility).toHaveBeenLastCalledWith(
            'utility-1',
            expect.objectContaining({ highlighted: false })
        );
    });

    it('opens the record of a conversation', async () => {
        const element = await createNotifications(2);
        element.shadowRoot.querySelector('li lightning-button').click();
        expect(mockNavigate.mock.calls[0][0].attributes.recordId).toBe('003A');
    });

    it('names an event of the public channel, not one of a text', async () => {
        const element = await createNotifications(0);
        await new Promise(process.nextTick);
        const event = { type: 'event', channel: 'my-channel' };
        receive({ ...event, event: 'message', conversationId: 'a01' });
        await Promise.resolve();
        const find = () =>
            element.shadowRoot.querySelector('[data-last-event]');
        expect(find()).toBeNull();
        receive({ ...event, event: 'my-event', conversationId: '' });
        await Promise.resolve();
        expect(find().textContent).toBe('c.PusherLastEvent');
        forgetConfiguration();
    });

    it('stops watching when it goes', async () => {
        const element = await createNotifications(0);
        element.remove();
        expect(stop).toHaveBeenCalled();
    });

    it('is accessible', async () => {
        await expect(await createNotifications(2)).toBeAccessible();
    });
});
