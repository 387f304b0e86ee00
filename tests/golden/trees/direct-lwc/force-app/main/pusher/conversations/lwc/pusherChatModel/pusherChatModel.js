import { CatchUpService } from 'c/pusherCatchUpService';
import { subscribe } from 'c/pusherChannelService';
import { loadConfiguration } from 'c/pusherConfigurationService';
import { ConversationModel, isRefusal } from 'c/pusherConversationModel';
import { reduceErrors } from 'c/pusherErrors';
import { label } from 'c/pusherLabels';
import getConversation from '@salesforce/apex/PusherConversationController.getConversation';
import getRecordConversation from '@salesforce/apex/PusherConversationController.getRecordConversation';
import startConversation from '@salesforce/apex/PusherConversationController.startConversation';

const PAUSE = 2000;

/** One chat, without a view. */
class ChatModel {
    isVisible = true;
    state = {
        title: label.chatTitle,
        conversationId: null,
        recordId: null,
        messages: [],
        firstUnread: 0,
        readSequence: 0,
        hasMore: false,
        isLoading: true,
        isOpen: false,
        canWrite: true,
        isMissing: false,
        canStart: false,
        canAsk: false,
        isDelayed: false,
        isTyping: false,
        errorMessage: ''
    };

    /** find() gives the newest page, null where there is no conversation. */
    constructor(recordId, find, changed) {
        this.recordId = recordId;
        this.find = find;
        this.changed = changed;
        this.catchUp = new CatchUpService((turn) => this.load(turn), PAUSE);
    }

    open() {
        this.catchUp.start();
        this.catchUp.request();
        this.update({});
    }

    /** Begins the conversation with the person of the record. */
    async start() {
        const { turn } = this.catchUp;
        this.update({ isLoading: true, canStart: false, errorMessage: '' });
        try {
            await startConversation({ recordId: this.recordId });
        } catch (error) {
            const errorMessage = reduceErrors(error);
            this.update({ isLoading: false, canStart: true, errorMessage });
            return;
        }
        if (!turn.isOver) {
            this.catchUp.request();
        }
    }

    /** Asks again at once where the first look-up failed. */
    reload() {
        this.update({ isLoading: true, canAsk: false });
        this.catchUp.request();
    }

    async loadEarlier() {
        try {
            await this.conversation?.loadEarlier();
        } catch (error) {
            this.update({ errorMessage: reduceErrors(error) });
        }
    }

    /** Whether a person can see the component: what is hidden is never read. */
    setVisible(isVisible) {
        this.isVisible = isVisible;
        this.conversation?.setVisible(isVisible);
    }

    /** Whether the newest messages are those in sight. */
    setAtEnd(isAtEnd) {
        this.conversation?.setAtEnd(isAtEnd);
    }

    send(body) {
        return this.conversation.send(body);
    }

    retry(clientKey) {
        return this.conversation.retry(clientKey);
    }

    discard(clientKey) {
        this.conversation.discard(clientKey);
    }

    notifyTyping() {
        this.conversation.notifyTyping();
    }

    close() {
        this.isClosed = true;
        this.catchUp.stop();
        this.conversation?.close();
    }

    async load(turn) {
        try {
            const page = await this.find();
            if (!turn.isOver) {
                this.applyPage(page);
            }
        } catch (error) {
            this.fail(turn, error);
        }
    }

    applyPage(page) {
        if (page) {
            this.catchUp.stop();
            this.begin(page);
        } else {
            this.update({
                isLoading: false,
                isMissing: !this.recordId,
                canStart: Boolean(this.recordId),
                canAsk: false,
                errorMessage: ''
            });
            this.subscribe();
        }
    }

    fail(turn, error) {
        if (turn.isOver) {
            return;
        }
        const isFinal = isRefusal(error);
        this.update({
            isLoading: false,
            canAsk: !isFinal,
            errorMessage: reduceErrors(error)
        });
        if (!isFinal) {
            throw error;
        }
        this.catchUp.stop();
    }

    /** The client may write first, or a colleague. */
    async subscribe() {
        const { turn } = this.catchUp;
        if (this.isSubscribed) {
            return;
        }
        this.isSubscribed = true;
        const configuration = await loadConfiguration().catch(() => null);
        if (!configuration) {
            // The next look listens.
            this.isSubscribed = false;
        } else if (!turn.isOver) {
            const { userChannel, publicChannel } = configuration;
            turn.onEnd(
                subscribe(userChannel ?? publicChannel, (envelope) =>
                    this.handleEvent(envelope)
                )
            );
        }
    }

    handleEvent({ type, event, conversationId }) {
        if (type === 'event' && event === 'message' && conversationId) {
            this.catchUp.request();
        }
    }

    begin(page) {
        const { id, name, recordId, canWrite = true } = page.conversation;
        this.conversation = new ConversationModel(page, () => this.show());
        this.conversation.setVisible(this.isVisible);
        this.update({ title: name, conversationId: id, recordId, canWrite });
        this.conversation.open();
        this.show();
    }

    show() {
        const { conversation } = this;
        this.update({
            messages: conversation.rows,
            firstUnread: conversation.firstUnread,
            readSequence: conversation.readSequence,
            hasMore: conversation.history.hasMore,
            errorMessage: conversation.errorMessage,
            isDelayed: conversation.isDelayed,
            isLoading: false,
            canAsk: false,
            canStart: false,
            isMissing: false,
            isTyping: conversation.isTyping,
            isOpen: !conversation.isLost
        });
    }

    update(changes) {
        this.state = { ...this.state, ...changes };
        if (!this.isClosed) {
            this.changed(this.state);
        }
    }
}

function openChat(recordId, find, changed) {
    const chatModel = new ChatModel(recordId, find, changed);
    chatModel.open();
    return chatModel;
}

/**
 * Opens the chat of a record. `changed` is told what there is to show; the
 * returned object takes what the user does, and close().
 */
export function openRecord(recordId, changed) {
    const find = () => getRecordConversation({ recordId });
    return openChat(recordId, find, changed);
}

/** Opens one conversation, also one that belongs to no record. */
export function openConversation(conversationId, changed) {
    const find = () => getConversation({ conversationId });
    return openChat(null, find, changed);
}
