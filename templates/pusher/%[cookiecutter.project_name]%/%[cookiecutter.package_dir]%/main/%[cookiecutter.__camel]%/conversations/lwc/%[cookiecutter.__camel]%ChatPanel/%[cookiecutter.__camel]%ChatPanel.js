import { LightningElement, api } from 'lwc';
%{ if cookiecutter.__record and cookiecutter.__inbox }%
import { openConversation, openRecord } from 'c/%[ cookiecutter.__camel ]%ChatModel';
%{ elif cookiecutter.__record }%
import { openRecord } from 'c/%[ cookiecutter.__camel ]%ChatModel';
%{ else }%
import { openConversation } from 'c/%[ cookiecutter.__camel ]%ChatModel';
%{ endif }%
import { label } from 'c/%[ cookiecutter.__camel ]%Labels';
import { createMarker } from 'c/%[ cookiecutter.__camel ]%MarkerModel';
import { watchVisibility } from 'c/%[ cookiecutter.__camel ]%VisibilityService';

/**
 * The texts of one conversation and the field to answer, wherever it stands.
 * Fires `chatchange` with what there is to show.
 */
export default class %[ cookiecutter.prefix ]%ChatPanel extends LightningElement {
    /** Where it stands, which decides its height: record, home or utility. */
    @api place = 'record';

    /** Whether the field takes the focus once the conversation is open. */
    @api takesFocus = false;

    label = label;
    chat = {};
    newFrom = 0;
    isVisible = false;
%{ if cookiecutter.__inbox }%
    openId;
%{ endif }%
%{ if cookiecutter.__record }%
    openRecordId;
%{ endif }%
%{ if cookiecutter.__inbox }%

    /** The conversation, e.g. 'a00000000000001AAA'. */
    @api
    get conversationId() {
        return this.openId;
    }

    set conversationId(value) {
        this.openId = value;
        this.reopen();
    }
%{ endif }%
%{ if cookiecutter.__record }%

    /** The record whose newest conversation it is, e.g. '003000000000001AAA'. */
    @api
    get recordId() {
        return this.openRecordId;
    }

    set recordId(value) {
        this.openRecordId = value;
        this.reopen();
    }
%{ endif }%

    get isReadOnly() {
        return this.chat.canWrite === false;
    }
%{ if cookiecutter.__typing }%

    get typingLabel() {
        return label.format(label.typing, this.chat.title);
    }
%{ endif }%

    connectedCallback() {
        this.isStanding = true;
        this.marker = createMarker((newFrom) => {
            this.newFrom = newFrom;
        });
        this.stopWatching = watchVisibility(this.template.host, (isVisible) =>
            this.handleVisibility(isVisible)
        );
        this.open();
    }

    disconnectedCallback() {
        this.isStanding = false;
        this.stopWatching();
        this.marker.close();
        this.chatModel?.close();
    }

    renderedCallback() {
        if (this.takesFocus && this.chat.isOpen && !this.hasFocused) {
            this.hasFocused = true;
            this.refs.composer?.focus();
        }
    }

    handleRetryLookup() {
        this.chatModel.reload();
    }
%{ if cookiecutter.__record }%

    handleStart() {
        this.chatModel.start();
    }
%{ endif }%

    handleEarlier() {
        this.chatModel.loadEarlier();
    }

    handleEnd(event) {
        this.chatModel.setAtEnd(event.detail);
    }

    handleRetry(event) {
        this.chatModel.retry(event.detail);
    }

    handleDiscard(event) {
        this.chatModel.discard(event.detail);
    }

    handleSend(event) {
        this.chatModel.send(event.detail);
    }
%{ if cookiecutter.__typing }%

    handleTyping() {
        this.chatModel.notifyTyping();
    }
%{ endif }%

    open() {
        const changed = (chat) => this.show(chat);
        this.hasFocused = false;
%{ if cookiecutter.__record and cookiecutter.__inbox }%
        if (this.conversationId) {
            this.chatModel = openConversation(this.conversationId, changed);
        } else if (this.recordId) {
            this.chatModel = openRecord(this.recordId, changed);
        }
%{ elif cookiecutter.__record }%
        if (this.recordId) {
            this.chatModel = openRecord(this.recordId, changed);
        }
%{ else }%
        if (this.conversationId) {
            this.chatModel = openConversation(this.conversationId, changed);
        }
%{ endif }%
        this.chatModel?.setVisible(this.isVisible);
    }

    /** Lightning may give a standing component another record. */
    reopen() {
        if (this.isStanding) {
            this.chatModel?.close();
            this.chatModel = undefined;
            this.chat = {};
            this.marker.update(this.chat);
            this.open();
        }
    }

    show(chat) {
        this.chat = chat;
        this.marker.update(chat);
        this.dispatchEvent(new CustomEvent('chatchange', { detail: chat }));
    }

    handleVisibility(isVisible) {
        this.isVisible = isVisible;
        this.marker.setVisible(isVisible);
        this.chatModel?.setVisible(isVisible);
    }
}
