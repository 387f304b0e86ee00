import { createElement } from 'lwc';
import Bridge from 'c/pusherBridge';
import { offerFrame } from 'c/pusherBridgeClient';

jest.mock('c/pusherBridgeClient', () => ({ offerFrame: jest.fn() }));

const PAGE = 'https://example--c.vf.force.com/apex/PusherBridgePage';

describe('c-pusher-bridge', () => {
    let view;
    let withdraw;

    async function createBridge() {
        const element = createElement('c-pusher-bridge', { is: Bridge });
        document.body.appendChild(element);
        view.show(PAGE);
        await Promise.resolve();
        return element;
    }

    function findFrame(element) {
        return element.shadowRoot.querySelector('iframe');
    }

    beforeEach(() => {
        withdraw = jest.fn();
        offerFrame.mockImplementation((offered) => {
            view = offered;
            return withdraw;
        });
    });

    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
    });

    it('shows the page that it is told to, and its window', async () => {
        const element = await createBridge();
        expect(findFrame(element).src).toBe(PAGE);
        expect(view.getWindow()).toBe(findFrame(element).contentWindow);
        view.show(null);
        await Promise.resolve();
        expect(findFrame(element)).toBeNull();
        expect(view.getWindow()).toBeUndefined();
    });

    it('withdraws its offer when it goes', async () => {
        const element = await createBridge();
        element.remove();
        expect(withdraw).toHaveBeenCalled();
    });

    it('is accessible', async () => {
        const element = await createBridge();
        expect(findFrame(element).title).toBe('c.PusherBridgeTitle');
        findFrame(element).remove();
        await expect(element).toBeAccessible();
    });
});
