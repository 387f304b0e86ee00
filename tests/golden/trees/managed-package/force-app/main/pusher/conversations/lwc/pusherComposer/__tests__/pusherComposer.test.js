import { createElement } from 'lwc';
import Composer from 'c/pusherComposer';
import { readDraft } from 'c/pusherDraftStore';

function createComposer(draftKey = 'a01') {
    const element = createElement('c-pusher-composer', { is: Composer });
    element.draftKey = draftKey;
    document.body.appendChild(element);
    return element;
}

function fieldOf(element) {
    return element.shadowRoot.querySelector('textarea');
}

function buttonOf(element) {
    return element.shadowRoot.querySelector('lightning-button');
}

async function write(element, value) {
    fieldOf(element).value = value;
    fieldOf(element).dispatchEvent(new CustomEvent('input'));
    await Promise.resolve();
}

function press(element, init) {
    fieldOf(element).dispatchEvent(new KeyboardEvent('keydown', init));
}

function addHandler(element, name) {
    const handler = jest.fn();
    element.addEventListener(name, handler);
    return handler;
}

describe('c-pusher-composer', () => {
    afterEach(() => {
        document.body.replaceChildren();
        window.sessionStorage.clear();
    });

    it('sends the trimmed text with the button and empties itself', async () => {
        const element = createComposer();
        const handler = addHandler(element, 'send');
        await write(element, '  Hello \u{1F642}  ');
        buttonOf(element).click();
        expect(handler.mock.calls[0][0].detail).toBe('Hello \u{1F642}');
        await Promise.resolve();
        expect(fieldOf(element).value).toBe('');
    });

    it('sends a text once, however often one presses', async () => {
        const element = createComposer();
        const handler = addHandler(element, 'send');
        await write(element, 'Once');
        buttonOf(element).click();
        buttonOf(element).click();
        press(element, { key: 'Enter' });
        expect(handler).toHaveBeenCalledTimes(1);
    });

    it('puts the focus back into the field after sending', async () => {
        const element = createComposer();
        await write(element, 'Hello');
        buttonOf(element).click();
        expect(element.shadowRoot.activeElement).toBe(fieldOf(element));
    });

    it('sends with Enter, but not with Shift or within a composition', async () => {
        const element = createComposer();
        const handler = addHandler(element, 'send');
        await write(element, 'One');
        press(element, { key: 'Enter', shiftKey: true });
        press(element, { key: 'Enter', isComposing: true });
        press(element, { key: 'Enter', keyCode: 229 });
        expect(handler).not.toHaveBeenCalled();
        press(element, { key: 'Enter' });
        expect(handler).toHaveBeenCalledTimes(1);
    });

    it('sends nothing that is empty', async () => {
        const element = createComposer();
        const handler = addHandler(element, 'send');
        await write(element, '   ');
        press(element, { key: 'Enter' });
        expect(handler).not.toHaveBeenCalled();
        expect(buttonOf(element).disabled).toBe(true);
    });

    it('keeps the whole of a text that is too long, and does not send it', async () => {
        const element = createComposer();
        const handler = addHandler(element, 'send');
        await write(element, 'x'.repeat(2000));
        press(element, { key: 'Enter' });
        expect(handler).not.toHaveBeenCalled();
        expect(fieldOf(element).value).toHaveLength(2000);
        expect(buttonOf(element).disabled).toBe(true);
        const counter = element.shadowRoot.querySelector('[data-counter]');
        expect(counter.textContent).toBe('c.PusherCharactersOver');
    });

    it('speaks of the length only near the limit', async () => {
        const element = createComposer();
        const counter = element.shadowRoot.querySelector('[data-counter]');
        await write(element, 'Hello');
        expect(counter.textContent).toBe('');
        await write(element, 'x'.repeat(1550));
        expect(counter.textContent).toBe('c.PusherCharactersLeft');
    });

    it('has the text again when the user comes back', async () => {
        await write(createComposer(), 'Dear Ada');
        document.body.replaceChildren();
        expect(fieldOf(createComposer()).value).toBe('Dear Ada');
        expect(fieldOf(createComposer('a02')).value).toBe('');
    });

    it('takes the text of another conversation where it comes to show that', async () => {
        const element = createComposer();
        await write(element, 'Dear Ada');
        element.draftKey = 'a02';
        await Promise.resolve();
        expect(fieldOf(element).value).toBe('');
        element.draftKey = 'a01';
        await Promise.resolve();
        expect(fieldOf(element).value).toBe('Dear Ada');
    });

    it('forgets the text once it is sent', async () => {
        const element = createComposer();
        await write(element, 'Dear Ada');
        press(element, { key: 'Enter' });
        expect(readDraft('a01')).toBe('');
    });

    it('tells of typing at most every three seconds', async () => {
        const element = createComposer();
        const handler = addHandler(element, 'typing');
        const now = jest.spyOn(Date, 'now').mockReturnValue(10000);
        await write(element, 'H');
        await write(element, 'He');
        expect(handler).toHaveBeenCalledTimes(1);
        now.mockReturnValue(13001);
        await write(element, 'Hel');
        expect(handler).toHaveBeenCalledTimes(2);
        now.mockRestore();
    });

    it('is accessible', async () => {
        await expect(createComposer()).toBeAccessible();
    });
});
