import { LightningElement, api } from 'lwc';
import { openConversation, openRecord } from 'c/pusherDesk';
import { label } from 'c/pusherLabels';
import { createMarker } from 'c/pusherMarker';
import { watchSight } from 'c/pusherSight';

/**
 * The texts of one conversation and the field to answer, wherever it stands.
 * Fires `chatchange` with what there is to show.
 */
export default class PusherPanel extends LightningElement {
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

    get typingLabel() {
        return label.format(label.typing, this.chat.title);
    }

    connectedCallback() {
        this.isStanding = true;
        this.marker = createMarker((newFrom) => {
            this.newFrom = newFrom;
        });
        this.stopWatching = watchSight(this.template.host, (isVisible) =>
            this.noteSight(isVisible)
        );
        this.open();
    }

    disconnectedCallback() {
        this.isStanding = false;
        this.stopWatching();
        this.marker.close();
        this.desk?.close();
    }

    renderedCallback() {
        if (this.takesFocus && this.chat.isOpen && !this.hasFocused) {
            this.hasFocused = true;
            this.refs.composer?.focus();
        }
    }

    handleRetryLookup() {
        this.desk.tryAgain();
    }

    handleStart() {
        this.desk.start();
    }

    handleEarlier() {
        this.desk.loadEarlier();
    }

    handleEnd(event) {
        this.desk.setAtEnd(event.detail);
    }

    handleRetry(event) {
        this.desk.retry(event.detail);
    }

    handleDiscard(event) {
        this.desk.discard(event.detail);
    }

    handleSend(event) {
        this.desk.send(event.detail);
    }

    handleTyping() {
        this.desk.type();
    }

    open() {
        const changed = (chat) => this.show(chat);
        this.hasFocused = false;
        if (this.conversationId) {
            this.desk = openConversation(this.conversationId, changed);
        } else if (this.recordId) {
            this.desk = openRecord(this.recordId, changed);
        }
        this.desk?.setVisible(this.isVisible);
    }

    /** Lightning may give a standing component another record. */
    reopen() {
        if (this.isStanding) {
            this.desk?.close();
            this.desk = undefined;
            this.chat = {};
            this.marker.take(this.chat);
            this.open();
        }
    }

    show(chat) {
        this.chat = chat;
        this.marker.take(chat);
        this.dispatchEvent(new CustomEvent('chatchange', { detail: chat }));
    }

    noteSight(isVisible) {
        this.isVisible = isVisible;
        this.marker.look(isVisible);
        this.desk?.setVisible(isVisible);
    }
}
