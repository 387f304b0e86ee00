import { CatchUp } from 'c/pusherCatchUp';
import { listen } from 'c/pusherChannels';
import { loadConfiguration } from 'c/pusherConfiguration';
import { Conversation, isRefusal } from 'c/pusherConversation';
import { reduceErrors } from 'c/pusherErrors';
import { label } from 'c/pusherLabels';
import getConversation from '@salesforce/apex/PusherConversationsController.getConversation';
import getRecordConversation from '@salesforce/apex/PusherConversationsController.getRecordConversation';
import startConversation from '@salesforce/apex/PusherConversationsController.startConversation';

const PAUSE = 2000;

/** One chat, without a view. */
class Desk {
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
        othersLabel: '',
        errorMessage: ''
    };

    /** find() gives the newest page, null where there is no conversation. */
    constructor(recordId, find, changed) {
        this.recordId = recordId;
        this.find = find;
        this.changed = changed;
        this.catchUp = new CatchUp((turn) => this.look(turn), PAUSE);
    }

    open() {
        this.catchUp.start();
        this.catchUp.request();
        this.tell({});
    }

    /** Begins the conversation with the person of the record. */
    async start() {
        const { turn } = this.catchUp;
        this.tell({ isLoading: true, canStart: false, errorMessage: '' });
        try {
            await startConversation({ recordId: this.recordId });
        } catch (error) {
            const errorMessage = reduceErrors(error);
            this.tell({ isLoading: false, canStart: true, errorMessage });
            return;
        }
        if (!turn.isOver) {
            this.catchUp.request();
        }
    }

    /** Asks again at once where the first look-up failed. */
    tryAgain() {
        this.tell({ isLoading: true, canAsk: false });
        this.catchUp.request();
    }

    async loadEarlier() {
        try {
            await this.conversation?.loadEarlier();
        } catch (error) {
            this.tell({ errorMessage: reduceErrors(error) });
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

    type() {
        this.conversation.type();
    }

    close() {
        this.isClosed = true;
        this.catchUp.stop();
        this.conversation?.close();
    }

    async look(turn) {
        try {
            const page = await this.find();
            if (!turn.isOver) {
                this.take(page);
            }
        } catch (error) {
            this.fail(turn, error);
        }
    }

    take(page) {
        if (page) {
            this.catchUp.stop();
            this.begin(page);
        } else {
            this.tell({
                isLoading: false,
                isMissing: !this.recordId,
                canStart: Boolean(this.recordId),
                canAsk: false,
                errorMessage: ''
            });
            this.listen();
        }
    }

    fail(turn, error) {
        if (turn.isOver) {
            return;
        }
        const isFinal = isRefusal(error);
        this.tell({
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
    async listen() {
        const { turn } = this.catchUp;
        if (this.isListening) {
            return;
        }
        this.isListening = true;
        const configuration = await loadConfiguration().catch(() => null);
        if (!configuration) {
            // The next look listens.
            this.isListening = false;
        } else if (!turn.isOver) {
            const { userChannel, publicChannel } = configuration;
            turn.onEnd(
                listen(userChannel ?? publicChannel, (envelope) =>
                    this.hear(envelope)
                )
            );
        }
    }

    hear({ type, event, conversationId }) {
        if (type === 'event' && event === 'message' && conversationId) {
            this.catchUp.request();
        }
    }

    begin(page) {
        const { id, name, recordId, canWrite = true } = page.conversation;
        this.conversation = new Conversation(page, () => this.show());
        this.conversation.setVisible(this.isVisible);
        this.tell({ title: name, conversationId: id, recordId, canWrite });
        this.conversation.open();
        this.show();
    }

    show() {
        const { conversation } = this;
        this.tell({
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
            othersLabel: conversation.others
                ? label.format(label.othersHere, conversation.others)
                : '',
            isOpen: !conversation.isLost
        });
    }

    tell(changes) {
        this.state = { ...this.state, ...changes };
        if (!this.isClosed) {
            this.changed(this.state);
        }
    }
}

function openDesk(recordId, find, changed) {
    const desk = new Desk(recordId, find, changed);
    desk.open();
    return desk;
}

/**
 * Opens the chat of a record. `changed` is told what there is to show; the
 * returned object takes what the user does, and close().
 */
export function openRecord(recordId, changed) {
    const find = () => getRecordConversation({ recordId });
    return openDesk(recordId, find, changed);
}

/** Opens one conversation, also one that belongs to no record. */
export function openConversation(conversationId, changed) {
    const find = () => getConversation({ conversationId });
    return openDesk(null, find, changed);
}
