import { createElement } from 'lwc';
%{ if cookiecutter.__record and cookiecutter.__inbox }%
import { openConversation, openRecord } from 'c/%[ cookiecutter.__camel ]%ChatModel';
%{ elif cookiecutter.__record }%
import { openRecord } from 'c/%[ cookiecutter.__camel ]%ChatModel';
%{ else }%
import { openConversation } from 'c/%[ cookiecutter.__camel ]%ChatModel';
%{ endif }%
import Panel from 'c/%[ cookiecutter.__camel ]%ChatPanel';
import { watchVisibility } from 'c/%[ cookiecutter.__camel ]%VisibilityService';

jest.mock('c/%[ cookiecutter.__camel ]%ChatModel', () => ({
    openConversation: jest.fn(),
    openRecord: jest.fn()
}));
%{ filter fit }%
jest.mock('c/%[ cookiecutter.__camel ]%VisibilityService', () => ({
    watchVisibility: jest.fn()
}));
%{ endfilter }%

const CHAT = {
    title: 'Ada',
    conversationId: 'a01',
    messages: [],
    firstUnread: 1,
    readSequence: 0,
    isOpen: true,
    canWrite: true
};
const MESSAGE = {
    id: 'm1',
    direction: 'Inbound',
    body: 'Hi',
    status: 'Received',
    sentAt: '2026-11-20T09:00:00.000Z'
};
%{ if cookiecutter.__inbox }%
const ONE = { conversationId: 'a01' };
%{ else }%
const ONE = { recordId: '003000000000001AAA' };
%{ endif }%

describe('c-%[ cookiecutter.__camel ]%-chat-panel', () => {
    let chatModels;
    let changed;
    let see;
    const stopSight = jest.fn();

    function openChat(id, callback) {
        const chatModel = {};
        [
            'start',
            'reload',
            'send',
            'retry',
            'discard',
            'notifyTyping',
            'loadEarlier',
            'setVisible',
            'setAtEnd',
            'close'
        ].forEach((name) => {
            chatModel[name] = jest.fn();
        });
        changed = callback;
        chatModels.push(chatModel);
        return chatModel;
    }

    function createPanel(properties = ONE) {
%{ filter fit }%
        const element = createElement('c-%[ cookiecutter.__camel ]%-chat-panel', {
            is: Panel
        });
%{ endfilter }%
        Object.assign(element, properties);
        document.body.appendChild(element);
        return element;
    }

    async function show(chat) {
        changed({ ...CHAT, ...chat });
        await Promise.resolve();
    }

    function find(element, part) {
        return element.shadowRoot.querySelector(`c-%[ cookiecutter.__camel ]%-${part}`);
    }

    beforeEach(() => {
        chatModels = [];
%{ if cookiecutter.__inbox }%
        openConversation.mockImplementation(openChat);
%{ endif }%
%{ if cookiecutter.__record }%
        openRecord.mockImplementation(openChat);
%{ endif }%
        watchVisibility.mockImplementation((element, callback) => {
            see = callback;
            return stopSight;
        });
    });

    afterEach(() => {
        document.body.replaceChildren();
        jest.clearAllMocks();
    });
%{ if cookiecutter.__inbox }%

    it('opens the conversation that was asked for', () => {
        createPanel({ conversationId: 'a01' });
        expect(openConversation.mock.calls[0][0]).toBe('a01');
    });

    it('closes one conversation before it opens another', async () => {
        const element = createPanel({ conversationId: 'a01' });
        await show({ messages: [MESSAGE] });
        element.conversationId = 'a02';
        expect(chatModels[0].close).toHaveBeenCalled();
        expect(openConversation.mock.calls.at(-1)[0]).toBe('a02');
        await Promise.resolve();
        expect(find(element, 'message-list')).toBeNull();
        await show({ conversationId: 'a02' });
        find(element, 'composer').dispatchEvent(
            new CustomEvent('send', { detail: 'For the other' })
        );
        expect(chatModels[0].send).not.toHaveBeenCalled();
        expect(chatModels[1].send).toHaveBeenCalledWith('For the other');
    });
%{ endif }%
%{ if cookiecutter.__record }%

    it('opens the conversation of the record, whenever that is known', () => {
        const element = createPanel({});
        expect(openRecord).not.toHaveBeenCalled();
        element.recordId = '003A';
        expect(openRecord.mock.calls[0][0]).toBe('003A');
        element.recordId = '003B';
        expect(chatModels[0].close).toHaveBeenCalled();
        expect(openRecord.mock.calls[1][0]).toBe('003B');
    });

    it('offers to start a conversation where there is none', async () => {
        const element = createPanel({ recordId: '003A' });
        await show({ isOpen: false, canStart: true });
        element.shadowRoot.querySelector('[data-start]').click();
        expect(chatModels[0].start).toHaveBeenCalled();
    });
%{ endif }%

    it('passes on what the user does', async () => {
        const element = createPanel();
        await show({ messages: [MESSAGE], hasMore: true });
        const list = find(element, 'message-list');
        expect(list.messages).toHaveLength(1);
        list.dispatchEvent(new CustomEvent('earlier'));
        list.dispatchEvent(new CustomEvent('end', { detail: false }));
        list.dispatchEvent(new CustomEvent('retry', { detail: 'key-1' }));
        list.dispatchEvent(new CustomEvent('discard', { detail: 'key-2' }));
        const [chatModel] = chatModels;
        expect(chatModel.loadEarlier).toHaveBeenCalled();
        expect(chatModel.setAtEnd).toHaveBeenCalledWith(false);
        expect(chatModel.retry).toHaveBeenCalledWith('key-1');
        expect(chatModel.discard).toHaveBeenCalledWith('key-2');
    });

    it('tells the chat whether anybody can see it', () => {
        const element = createPanel();
        const [chatModel] = chatModels;
        expect(chatModel.setVisible).toHaveBeenLastCalledWith(false);
        see(true);
        expect(chatModel.setVisible).toHaveBeenLastCalledWith(true);
        see(false);
        expect(chatModel.setVisible).toHaveBeenLastCalledWith(false);
        element.remove();
        expect(stopSight).toHaveBeenCalled();
        expect(chatModel.close).toHaveBeenCalled();
    });

    it('opens again where it is put back into the page', () => {
        const element = createPanel();
        element.remove();
        document.body.appendChild(element);
        expect(chatModels).toHaveLength(2);
        expect(watchVisibility).toHaveBeenCalledTimes(2);
    });

    it('draws the line above what came while nobody looked', async () => {
        const element = createPanel();
        see(true);
        await show({ readSequence: 3 });
        const list = find(element, 'message-list');
        expect(list.firstUnread).toBe(4);
        await show({ readSequence: 9 });
        see(false);
        await show({ readSequence: 9 });
        see(true);
        await Promise.resolve();
        expect(list.firstUnread).toBe(10);
    });

    it('says why there is no chat, and asks again', async () => {
        const element = createPanel();
        await show({ isOpen: false, errorMessage: 'No access', canAsk: true });
        const { shadowRoot } = element;
        const alert = shadowRoot.querySelector('[role="alert"]');
        expect(alert.textContent).toBe('No access');
        shadowRoot.querySelector('[data-ask]').click();
        expect(chatModels[0].reload).toHaveBeenCalled();
        await show({ isOpen: false, errorMessage: 'No', canAsk: false });
        expect(shadowRoot.querySelector('[data-ask]')).toBeNull();
    });

    it('says that a conversation is gone', async () => {
        const element = createPanel();
        await show({ isOpen: false, isMissing: true });
        const { shadowRoot } = element;
        expect(shadowRoot.querySelector('[data-missing]')).not.toBeNull();
    });

    it('has no field for who may only read', async () => {
        const element = createPanel();
        await show({ canWrite: false });
        expect(find(element, 'composer')).toBeNull();
        const { shadowRoot } = element;
        expect(shadowRoot.querySelector('[data-read-only]')).not.toBeNull();
    });

    it('puts the focus into the field once, where that is wanted', async () => {
        const element = createPanel({ ...ONE, takesFocus: true });
        await show({});
        const composer = find(element, 'composer');
        expect(element.shadowRoot.activeElement).toBe(composer);
        const focus = jest.spyOn(composer, 'focus');
        await show({ title: 'Ada B.' });
        expect(focus).not.toHaveBeenCalled();
    });

    it('keeps drafts by conversation', async () => {
        const element = createPanel();
        await show({});
        expect(find(element, 'composer').draftKey).toBe('a01');
    });

    it('tells whoever holds it what there is to show', async () => {
        const element = createPanel();
        const handler = jest.fn();
        element.addEventListener('chatchange', handler);
        await show({ isDelayed: true });
        expect(handler.mock.calls[0][0].detail).toMatchObject({
            title: 'Ada',
            isDelayed: true
        });
    });
%{ if cookiecutter.__typing }%

    it('names who is typing, and tells that the user is', async () => {
        const element = createPanel();
        await show({ isTyping: true });
        const typing = element.shadowRoot.querySelector('[data-typing]');
        expect(typing.textContent).toBe('c.%[ cookiecutter.prefix ]%Typing');
        find(element, 'composer').dispatchEvent(new CustomEvent('typing'));
        expect(chatModels[0].notifyTyping).toHaveBeenCalled();
    });
%{ endif }%
%{ if cookiecutter.__presence }%

    it('names who else is present', async () => {
        const element = createPanel();
        await show({ othersLabel: 'Also here: Grace' });
        const others = element.shadowRoot.querySelector('[data-others]');
        expect(others.textContent).toBe('Also here: Grace');
    });
%{ endif }%

    it('is accessible', async () => {
        const element = createPanel();
        await show({ messages: [MESSAGE] });
        await expect(element).toBeAccessible();
    });
});
