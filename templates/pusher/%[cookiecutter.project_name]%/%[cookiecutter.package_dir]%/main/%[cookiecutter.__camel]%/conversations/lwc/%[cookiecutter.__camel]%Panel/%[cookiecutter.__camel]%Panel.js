import { LightningElement, api } from 'lwc';
%{ if cookiecutter.__record and cookiecutter.__inbox }%
import { openConversation, openRecord } from 'c/%[ cookiecutter.__camel ]%Desk';
%{ elif cookiecutter.__record }%
import { openRecord } from 'c/%[ cookiecutter.__camel ]%Desk';
%{ else }%
import { openConversation } from 'c/%[ cookiecutter.__camel ]%Desk';
%{ endif }%
import { label } from 'c/%[ cookiecutter.__camel ]%Labels';
import { createMarker } from 'c/%[ cookiecutter.__camel ]%Marker';
import { watchSight } from 'c/%[ cookiecutter.__camel ]%Sight';

/**
 * The texts of one conversation and the field to answer, wherever it stands.
 * Fires `chatchange` with what there is to show.
 */
export default class %[ cookiecutter.prefix ]%Panel extends LightningElement {
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
%{ if cookiecutter.__record }%

    handleStart() {
        this.desk.start();
    }
%{ endif }%

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
%{ if cookiecutter.__typing }%

    handleTyping() {
        this.desk.type();
    }
%{ endif }%

    open() {
        const changed = (chat) => this.show(chat);
        this.hasFocused = false;
%{ if cookiecutter.__record and cookiecutter.__inbox }%
        if (this.conversationId) {
            this.desk = openConversation(this.conversationId, changed);
        } else if (this.recordId) {
            this.desk = openRecord(this.recordId, changed);
        }
%{ elif cookiecutter.__record }%
        if (this.recordId) {
            this.desk = openRecord(this.recordId, changed);
        }
%{ else }%
        if (this.conversationId) {
            this.desk = openConversation(this.conversationId, changed);
        }
%{ endif }%
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
