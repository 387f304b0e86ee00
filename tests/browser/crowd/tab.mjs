// A tab of the browser: its window, the page in its frame, and the widgets that stand in it.

const ORIGIN = 'https://org.lightning.example';
const PAGE_ORIGIN = 'https://page.example';

class Target {
    listeners = new Map();

    addEventListener(type, listener) {
        const known = this.listeners.get(type) ?? new Set();
        this.listeners.set(type, known.add(listener));
    }

    removeEventListener(type, listener) {
        this.listeners.get(type)?.delete(listener);
    }

    fire(type, event = {}) {
        [...(this.listeners.get(type) ?? [])].forEach((listener) => listener(event));
    }

    get count() {
        return [...this.listeners.values()].reduce((sum, known) => sum + known.size, 0);
    }
}

/** A page with its globals: a tab's own, or the one in its frame. */
class Page {
    isGone = false;

    constructor(world, tab, callApex) {
        const { clock, chance, locks, radio, server } = world;
        this.world = world;
        this.document = Object.assign(new Target(), {
            hidden: tab.hidden,
            visibilityState: tab.hidden ? 'hidden' : 'visible',
            body: { dataset: { parentOrigins: JSON.stringify([ORIGIN]) } },
            location: { protocol: 'https:' }
        });
        const random = Object.create(Math);
        random.random = chance.next;
        const navigator = { locks: locks.of(this), onLine: true, userAgent: 'crowd' };
        this.window = Object.assign(new Target(), {
            JSON,
            navigator,
            document: this.document,
            location: { protocol: 'https:' },
            sessionStorage: tab.storage,
            WebSocket: server.classFor(this),
            crypto: {
                randomUUID: () => `${(world.names += 1)}-${chance.below(1e9)}`,
                getRandomValues: (numbers) => numbers.map(() => chance.below(2 ** 32))
            },
            ...clock.windowOf(this)
        });
        const own = clock.windowOf(this);
        this.globals = [
            this.window,
            this.window,
            this.document,
            navigator,
            radio.classFor(this),
            this.window.WebSocket,
            undefined,
            own.setTimeout,
            own.clearTimeout,
            own.setInterval,
            own.clearInterval,
            own.Date,
            random,
            callApex,
            (url) => this.load(url)
        ];
        this.loaded = new Map();
    }

    /** As lightning/platformResourceLoader does: each script once in a tab. */
    load(url) {
        const { clock, chance, project } = this.world;
        const name = url.split('/').at(-1);
        if (!this.loaded.has(name)) {
            const loading = new Promise((resolve) => {
                clock.add(chance.between(5, 40), resolve, this);
            }).then(() => project.scripts[name](...this.globals));
            this.loaded.set(name, loading);
        }
        return this.loaded.get(name);
    }

    setHidden(hidden) {
        this.document.hidden = hidden;
        this.document.visibilityState = hidden ? 'hidden' : 'visible';
        this.document.fire('visibilitychange');
        if (!hidden) {
            this.window.fire('focus');
        }
    }

    go() {
        const { locks, radio, server } = this.world;
        this.isGone = true;
        radio.drop(this);
        server.forget(this);
        locks.drop(this);
    }
}

/** The browser's own storage of a tab. */
class Storage {
    items = new Map();
    getItem = (name) => this.items.get(name) ?? null;
    setItem = (name, value) => this.items.set(name, String(value));
    removeItem = (name) => this.items.delete(name);
}

export class Tab {
    mounts = new Set();
    hidden = false;
    frames = new Set();
    pendingCalls = 0;
    storage = new Storage();

    constructor(world) {
        this.world = world;
        this.load();
    }

    /** Loads the page anew: nothing of the one before is left but the storage. */
    load() {
        const { world } = this;
        this.page = new Page(world, this, (method, parameters) => this.call(method, parameters));
        this.pendingCalls = 0;
        this.modules = world.project.modules(...this.page.globals);
    }

    /** Asks Apex: the way there, the transaction, the way back; each may fail. */
    call(method, parameters = {}) {
        const { clock, chance, store, faults } = this.world;
        const { page } = this;
        this.noteCall(method, parameters);
        this.pendingCalls += 1;
        return new Promise((resolve, reject) => {
            const settle = (use, value) =>
                clock.add(
                    chance.between(10, 160),
                    () => {
                        this.pendingCalls -= 1;
                        use(value);
                    },
                    page
                );
            clock.add(chance.between(10, 160), () => {
                if (faults.refused && chance.happens(faults.refused)) {
                    settle(reject, new Error('Service unavailable'));
                    return;
                }
                try {
                    const answer = structuredClone(store[method](parameters));
                    if (faults.lost && chance.happens(faults.lost)) {
                        settle(reject, new Error('Failed to fetch'));
                    } else {
                        settle(resolve, answer);
                    }
                } catch (error) {
                    settle(reject, new Error(error.message));
                }
            });
        });
    }

    /** Nothing may be marked as read that nobody can have seen in this tab. */
    noteCall(method, { conversationId, readSequence, sequence }) {
        this.world.counts[method] = (this.world.counts[method] ?? 0) + 1;
        const asked = method === 'markRead' ? sequence : method === 'getMessagesSince' && readSequence;
        if (asked) {
            const seen = this.world.seen.get(conversationId) ?? 0;
            const newest = this.world.store.conversations.get(conversationId).messages.length;
            if (asked > seen && newest > seen) {
                this.world.fault(`read ${asked} of ${conversationId}, seen was ${seen}`);
            }
        }
    }

    deliver(to, data, target, ownOrigin, fromOrigin, source) {
        const copy = structuredClone(data);
        if (target === ownOrigin) {
            this.world.clock.add(
                1,
                () => to.window.fire('message', { data: copy, origin: fromOrigin, source }),
                to
            );
        }
    }

    /** What an LWC or Aura component around the frame does. */
    createView() {
        let frame = null;
        const remove = () => {
            frame?.go();
            this.frames.delete(frame);
            frame = null;
        };
        return {
            show: (pageUrl) => {
                remove();
                if (pageUrl) {
                    frame = this.openFrame();
                }
            },
            getWindow: () => frame?.window,
            remove
        };
    }

    openFrame() {
        const { world } = this;
        const frame = new Page(world, this, () => {});
        this.frames.add(frame);
        const { window } = frame;
        window.parent = {
            postMessage: (data, origin) => this.deliver(this.page, data, origin, ORIGIN, PAGE_ORIGIN, window)
        };
        window.postMessage = (data, origin) =>
            this.deliver(frame, data, origin, PAGE_ORIGIN, ORIGIN, window.parent);
        world.clock.add(
            world.chance.between(30, 300),
            () => world.project.page.forEach((script) => script(...frame.globals)),
            frame
        );
        return frame;
    }

    /** Mounts a widget with a bridge of its own. */
    mount(kind, parameter) {
        const { chat, list, notifications } = this.modules;
        const mount = { kind, parameter, state: {}, isVisible: true };
        const changed = (state) => this.show(mount, state);
        const closeHost = this.offerHost();
        const widget = {
            record: () => chat.openRecord(parameter, changed),
            conversation: () => chat.openConversation(parameter, changed),
            list: () => list.openConversationList(changed),
            notifications: () => {
                const stop = notifications.watchNotifications(changed);
                return { close: stop };
            },
            status: () => ({ close: this.modules.channels.watch(changed) })
        }[kind]();
        mount.widget = widget;
        mount.close = () => {
            mount.isClosed = true;
            widget.close();
            closeHost();
            this.mounts.delete(mount);
        };
        this.mounts.add(mount);
        this.show(mount, mount.state);
        return mount;
    }

    offerHost() {
        if (this.world.project.isDirect) {
            const bridge = new this.modules.Bridge();
            bridge.connectedCallback();
            return () => bridge.disconnectedCallback();
        }
        const view = this.createView();
        const withdraw = this.modules.offerFrame(view);
        return () => {
            withdraw();
            view.remove();
        };
    }

    show(mount, state) {
        if (mount.isClosed) {
            this.world.fault(`${mount.kind} was told something after it was closed`);
        }
        mount.state = state;
        this.noteSeen(mount);
    }

    noteSeen({ isVisible, state }) {
        const { messages = [], conversationId } = state;
        if (conversationId && isVisible && !this.page.document.hidden) {
            const { seen } = this.world;
            const last = messages.findLast(({ sequence }) => sequence)?.sequence ?? 0;
            seen.set(conversationId, Math.max(seen.get(conversationId) ?? 0, last));
        }
    }

    setVisible(mount, isVisible) {
        mount.isVisible = isVisible;
        this.noteSeen(mount);
        mount.widget.setVisible(isVisible);
    }

    setHidden(hidden) {
        this.hidden = hidden;
        [this.page, ...this.frames].forEach((page) => page.setHidden(hidden));
        this.mounts.forEach((mount) => this.noteSeen(mount));
    }

    /** The tab is closed or crashes: nothing gets to say anything. */
    kill() {
        [this.page, ...this.frames].forEach((page) => page.go());
        this.frames.clear();
        this.mounts.clear();
        this.isKilled = true;
    }

    reload() {
        this.kill();
        this.isKilled = false;
        this.load();
    }
}
