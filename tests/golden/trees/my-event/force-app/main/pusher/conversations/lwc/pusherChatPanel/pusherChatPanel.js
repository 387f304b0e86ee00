import { LightningElement, api } from 'lwc';
import { openConversation, openRecord } from 'c/pusherChatModel';
import { label } from 'c/pusherLabels';
import { createMarker } from 'c/pusherMarkerModel';
import { watchVisibility } from 'c/pusherVisibilityService';

/**
 * The texts of one conversation and the field to answer, wherever it stands.
 * Fires `chatchange` with what there is to show.
 */
export default class PusherChatPanel extends LightningElement {
    /** Where it stands, which decides its height: record, home or utility. */
    @api place = 'record';

    /** Whether the field takes the focus once the conversation is open. */
    @api takesFocus = false;

    label = label;
    chat = {};
    newFrom = 0;
    isVisible = false;
    openId;
    openRecordId;

    /** The conversation, e.g. 'a00000000000001AAA'. */
    @api
    get conversationId() {
        return this.openId;
    }

    set conversationId(value) {
        this.openId = value;
        this.reopen();
    }

    /** The record whose newest conversation it is, e.g. '003000000000001AAA'. */
    @api
    get recordId() {
        return this.openRecordId;
    }

    set recordId(value) {
        this.openRecordId = value;
        this.reopen();
    }

    get isReadOnly() {
        return this.chat.canWrite === false;
    }

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

    handleStart() {
        this.chatModel.start();
    }

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

    open() {
        const changed = (chat) => this.show(chat);
        this.hasFocused = false;
        if (this.conversationId) {
            this.chatModel = openConversation(this.conversationId, changed);
        } else if (this.recordId) {
            this.chatModel = openRecord(this.recordId, changed);
        }
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
