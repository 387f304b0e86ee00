import { createElement } from 'lwc';
import Composer from 'c/pusherComposer';

function createComposer() {
    const element = createElement('c-pusher-composer', { is: Composer });
    document.body.appendChild(element);
    return element;
}

function write(element, value) {
    const textarea = element.shadowRoot.querySelector('textarea');
    textarea.value = value;
    textarea.dispatchEvent(new CustomEvent('input'));
}

function press(element, init) {
    const textarea = element.shadowRoot.querySelector('textarea');
    textarea.dispatchEvent(new KeyboardEvent('keydown', init));
}

describe('c-pusher-composer', () => {
    afterEach(() => {
        document.body.replaceChildren();
    });

    it('sends the trimmed text with the button and empties itself', async () => {
        const element = createComposer();
        const handler = jest.fn();
        element.addEventListener('send', handler);
        write(element, '  Hello \u{1F642}  ');
        await Promise.resolve();
        element.shadowRoot.querySelector('lightning-button').click();
        expect(handler.mock.calls[0][0].detail).toBe('Hello \u{1F642}');
        const textarea = element.shadowRoot.querySelector('textarea');
        expect(textarea.value).toBe('');
    });

    it('sends with Enter, but not with Shift or within a composition', () => {
        const element = createComposer();
        const handler = jest.fn();
        element.addEventListener('send', handler);
        write(element, 'One');
        press(element, { key: 'Enter', shiftKey: true });
        press(element, { key: 'Enter', isComposing: true });
        expect(handler).not.toHaveBeenCalled();
        press(element, { key: 'Enter' });
        expect(handler).toHaveBeenCalledTimes(1);
    });

    it('sends nothing that is empty', async () => {
        const element = createComposer();
        const handler = jest.fn();
        element.addEventListener('send', handler);
        write(element, '   ');
        press(element, { key: 'Enter' });
        expect(handler).not.toHaveBeenCalled();
        await Promise.resolve();
        const button = element.shadowRoot.querySelector('lightning-button');
        expect(button.disabled).toBe(true);
    });

    it('counts the characters that are left', async () => {
        const element = createComposer();
        write(element, 'Hello');
        await Promise.resolve();
        const counter = element.shadowRoot.querySelector('[data-counter]');
        expect(counter.textContent).toBe('1595');
    });

    it('tells of typing at most every three seconds', () => {
        const element = createComposer();
        const handler = jest.fn();
        element.addEventListener('typing', handler);
        const now = jest.spyOn(Date, 'now').mockReturnValue(10000);
        write(element, 'H');
        write(element, 'He');
        expect(handler).toHaveBeenCalledTimes(1);
        now.mockReturnValue(13001);
        write(element, 'Hel');
        expect(handler).toHaveBeenCalledTimes(2);
        now.mockRestore();
    });

    it('is accessible', async () => {
        await expect(createComposer()).toBeAccessible();
    });
});
