import { LightningElement, api } from 'lwc';
%{ if cookiecutter.__record and cookiecutter.__inbox }%
import { openConversation, openRecord } from 'c/%[ cookiecutter.__camel ]%Desk';
%{ elif cookiecutter.__record }%
import { openRecord } from 'c/%[ cookiecutter.__camel ]%Desk';
%{ else }%
import { openConversation } from 'c/%[ cookiecutter.__camel ]%Desk';
%{ endif }%
import { label } from 'c/%[ cookiecutter.__camel ]%Labels';
import { watchSight } from 'c/%[ cookiecutter.__camel ]%Sight';

/**
 * The texts of one conversation and the field to answer, wherever it stands.
 * Fires `chatchange` with what there is to show.
 */
export default class %[ cookiecutter.prefix ]%Panel extends LightningElement {
    /** Whether it stands where there is little room, as in the utility bar. */
    @api isCompact = false;

    /** Whether the field takes the focus once the conversation is open. */
    @api takesFocus = false;

    label = label;
    chat = {};
    newFrom = 0;
    isVisible = false;
%{ if cookiecutter.__inbox }%

    /** The conversation, e.g. 'a00000000000001AAA'. */
    @api
    get conversationId() {
        return this._conversationId;
    }

    set conversationId(value) {
        this._conversationId = value;
        this.reopen();
    }
%{ endif }%
%{ if cookiecutter.__record }%

    /** The record whose newest conversation it is, e.g. '003000000000001AAA'. */
    @api
    get recordId() {
        return this._recordId;
    }

    set recordId(value) {
        this._recordId = value;
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
        document.addEventListener('visibilitychange', this.handleReturn);
        this.stopWatching = watchSight(this.template.host, (isVisible) =>
            this.noteSight(isVisible)
        );
        this.open();
    }

    disconnectedCallback() {
        this.isStanding = false;
        document.removeEventListener('visibilitychange', this.handleReturn);
        this.stopWatching();
        this.desk?.close();
    }

    renderedCallback() {
        if (this.takesFocus && this.chat.isOpen && !this.hasFocused) {
            this.hasFocused = true;
            this.refs.composer?.focus();
        }
    }

    /** What came while the browser showed another tab is new as well. */
    handleReturn = () => {
        if (!document.hidden) {
            this.drawLine();
        }
    };

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
            this.open();
        }
    }

    show(chat) {
        const isNew = chat.isOpen && !this.chat.isOpen;
        this.chat = chat;
        if (isNew) {
            this.drawLine();
        }
        this.dispatchEvent(new CustomEvent('chatchange', { detail: chat }));
    }

    noteSight(isVisible) {
        this.isVisible = isVisible;
        if (isVisible) {
            this.drawLine();
        }
        this.desk?.setVisible(isVisible);
    }

    /** The line stands above what is unread when the user begins to look. */
    drawLine() {
        const { readSequence, firstUnread } = this.chat;
        this.newFrom =
            readSequence === undefined ? firstUnread : readSequence + 1;
    }
}
