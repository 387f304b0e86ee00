// The org: conversations and the Apex methods that the browser calls, each in one transaction.

const PAGE = 200;
const NEWEST = 30;
const iso = (time) => new Date(time).toISOString();

export class Store {
    conversations = new Map();
    calls = 0;
    delayed = false;
    status = 'ready';
    /** How long a text may have its number before anybody can read it. */
    lateness = 0;

    constructor(clock, chance, server, { prefix, channels }) {
        Object.assign(this, { clock, chance, server, prefix, channels });
    }

    /** Adds a conversation of the advisor (or of a colleague). */
    begin(number, recordId, isOwn = true) {
        const id = `a01${String(number).padStart(12, '0')}AAA`;
        this.conversations.set(id, {
            id,
            recordId,
            isOwn,
            isGone: false,
            name: `Client ${number}`,
            lastMessage: null,
            lastMessageAt: iso(this.clock.now - 1e7 + number * 1000),
            lastDirection: null,
            messages: [],
            readSequence: 0
        });
        return this.conversations.get(id);
    }

    listOwn() {
        return [...this.conversations.values()]
            .filter((one) => one.isOwn && !one.isGone)
            .sort((one, other) =>
                one.lastMessageAt === other.lastMessageAt
                    ? other.id.localeCompare(one.id)
                    : other.lastMessageAt.localeCompare(one.lastMessageAt)
            );
    }

    unreadOf({ messages, readSequence }) {
        return messages.filter((row) => row.direction === 'Inbound' && row.sequence > readSequence).length;
    }

    countUnread() {
        return this.listOwn().reduce((sum, one) => sum + this.unreadOf(one), 0);
    }

    view(conversation) {
        const { id, name, recordId, lastMessage, lastMessageAt, lastDirection } = conversation;
        const { readSequence, messages } = conversation;
        const lastSequence = messages.length;
        const unread = this.unreadOf(conversation);
        return { id, name, recordId, lastMessage, lastMessageAt, lastDirection, lastSequence, readSequence, unread };
    }

    add(conversation, fields) {
        const { messages } = conversation;
        const sequence = messages.length + 1;
        const sentAt = iso(this.clock.now);
        const isLate = fields.direction === 'Inbound' && this.chance.happens(0.3);
        const late = isLate ? this.chance.between(0, this.lateness) : 0;
        const visibleAt = this.clock.now + late;
        const row = { id: `m${conversation.id}${sequence}`, sequence, sentAt, visibleAt, ...fields };
        messages.push(row);
        conversation.lastMessage = row.body;
        conversation.lastMessageAt = sentAt;
        conversation.lastDirection = row.direction;
        // What comes late is told of when it is there.
        this.publish(conversation, 'message', sequence, late);
        return row;
    }

    /** The client of a conversation writes. */
    receive(conversation, body) {
        return this.add(conversation, { direction: 'Inbound', status: 'Received', body });
    }

    /** A delivery report comes. */
    report(conversation) {
        const order = ['Sent', 'Delivered', 'Read'];
        const row = conversation.messages.findLast(
            ({ direction, status }) => direction === 'Outbound' && ['Sent', 'Delivered'].includes(status)
        );
        if (row) {
            row.status = this.chance.happens(0.1) ? 'Failed' : order[order.indexOf(row.status) + 1];
            this.publish(conversation, 'status', row.sequence);
        }
    }

    /** Events leave after the transaction, and not at all while publishing fails. */
    publish({ id, isOwn }, event, sequence, late = 0) {
        const data = { conversationId: id, sequence };
        const own = this.channels.conversationChannel?.replace('{conversationId}', id);
        const channels = [own, isOwn ? this.channels.userChannel : null, this.channels.publicChannel];
        if (this.delayed) {
            return;
        }
        this.clock.add(late + this.chance.between(10, 200), () =>
            channels.filter(Boolean).forEach((channel) => this.server.publish(channel, event, data))
        );
    }

    listVisible({ messages }) {
        return messages.filter(({ visibleAt }) => visibleAt <= this.clock.now);
    }

    find(id) {
        const conversation = this.conversations.get(id);
        if (!conversation || conversation.isGone) {
            throw new Error('This conversation is not yours to read.');
        }
        return conversation;
    }

    page(conversation, messages, hasMore) {
        const view = this.view(conversation);
        const { lastSequence, readSequence } = view;
        const isDelayed = this.delayed;
        return { conversation: view, messages, hasMore, lastSequence, readSequence, isDelayed };
    }

    configuration() {
        return {
            appKey: 'key',
            cluster: 'eu',
            userId: '005000000000001AAA',
            pollSeconds: 30,
            status: this.status,
            ...this.channels
        };
    }

    getBridge() {
        return {
            pageUrl: 'https://page.example/apex/Bridge',
            pageOrigin: 'https://page.example',
            configuration: this.configuration()
        };
    }

    getConfiguration() {
        return this.configuration();
    }

    authorizeChannel({ socketId, channelName }) {
        return this.server.forbidden.has(channelName)
            ? { status: 'forbidden' }
            : { status: 'authorized', auth: `key:${socketId}:${channelName}` };
    }

    getConversations({ pageSize, cursor }) {
        const all = this.listOwn();
        const start = cursor ? all.findIndex((one) => `${one.lastMessageAt}|${one.id}` < cursor) : 0;
        const rows = start < 0 ? [] : all.slice(start, start + pageSize);
        const more = start >= 0 && all.length > start + pageSize;
        const last = rows.at(-1);
        return {
            conversations: rows.map((one) => this.view(one)),
            cursor: more ? `${last.lastMessageAt}|${last.id}` : null,
            unread: this.countUnread(),
            isDelayed: this.delayed
        };
    }

    getRecordConversation({ recordId }) {
        const found = [...this.conversations.values()].find((one) => one.recordId === recordId && !one.isGone);
        return found ? this.getMessages({ conversationId: found.id, beforeSequence: null, pageSize: NEWEST }) : null;
    }

    getConversation({ conversationId }) {
        return this.getMessages({ conversationId, beforeSequence: null, pageSize: NEWEST });
    }

    startConversation({ recordId }) {
        const number = this.conversations.size + 1;
        const known = [...this.conversations.values()].find((one) => one.recordId === recordId);
        return this.view(known ?? this.begin(number, recordId));
    }

    getMessages({ conversationId, beforeSequence, pageSize }) {
        const conversation = this.find(conversationId);
        const rows = this.listVisible(conversation).filter((row) => row.sequence < (beforeSequence ?? Infinity));
        const page = rows.slice(-pageSize).map((row) => ({ ...row }));
        return this.page(conversation, page, page.length > 0 && page[0].sequence > 1);
    }

    getMessagesSince({ conversationId, afterSequence, readSequence }) {
        const conversation = this.find(conversationId);
        if (readSequence !== null) {
            this.mark(conversation, readSequence);
        }
        const rows = this.listVisible(conversation).filter((row) => row.sequence > afterSequence);
        return this.page(conversation, rows.slice(0, PAGE).map((row) => ({ ...row })), rows.length > PAGE);
    }

    sendMessage({ conversationId, body, clientKey }) {
        const conversation = this.find(conversationId);
        const known = conversation.messages.find((row) => row.clientKey === clientKey);
        if (known) {
            return { ...known };
        }
        const row = this.add(conversation, { direction: 'Outbound', status: 'Sent', body, clientKey });
        conversation.readSequence = row.sequence;
        return { ...row };
    }

    markRead({ conversationId, sequence }) {
        const conversation = this.find(conversationId);
        this.mark(conversation, sequence);
        return conversation.readSequence;
    }

    mark(conversation, sequence) {
        const marker = Math.min(sequence, conversation.messages.length);
        if (conversation.isOwn && marker > conversation.readSequence) {
            conversation.readSequence = marker;
            this.publish(conversation, 'read', marker);
        }
    }
}
