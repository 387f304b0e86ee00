// One seed's story: tabs, widgets, texts and troubles at random, then calm, then what must be true.
import { Locks, Radio } from './browser.mjs';
import { checkCalm, checkGone } from './checks.mjs';
import { Clock, createChance } from './clock.mjs';
import { Server } from './server.mjs';
import { Store } from './store.mjs';
import { Tab } from './tab.mjs';

const CLIENTS = 8;
/** Time for back-offs, and where events were never sent, for the slow look. */
const CALM = 75000;
const LONG_CALM = 6 * 60000;
const QUIET = 20000;

export class World {
    tabs = [];
    faults = {};
    violations = [];
    sent = [];
    seen = new Map();
    counts = {};
    names = 0;

    constructor(project, seed, { channels, withFaults }) {
        this.project = project;
        this.withFaults = withFaults;
        this.clock = new Clock();
        this.chance = createChance(seed);
        this.locks = new Locks();
        this.radio = new Radio(this.clock);
        this.server = new Server(this.clock, this.chance);
        this.store = new Store(this.clock, this.chance, this.server, { prefix: project.prefix, channels });
    }

    fault(text) {
        this.violations.push(text);
    }

    openTab() {
        const tab = new Tab(this);
        this.tabs.push(tab);
        return tab;
    }

    send(tab, chat) {
        const body = `out ${this.sent.length}`;
        this.sent.push({ tab, body, id: chat.state.conversationId });
        chat.widget.send(body);
    }

    /** Says something to the tabs in another page's name. */
    forge(fields) {
        const { prefix } = this.project;
        const { appKey, userId } = this.store.configuration();
        const Channel = this.radio.classFor({});
        const channel = new Channel(`${prefix}:${appKey}:${userId}`);
        channel.postMessage({ v: 1, from: 'forger', ...fields });
        channel.close();
    }

    get living() {
        return this.tabs.filter(({ isKilled }) => !isKilled);
    }

    every(action) {
        this.living.forEach((tab) => [...tab.mounts].forEach((mount) => action(mount, tab)));
    }
}

const isChat = ({ kind }) => kind === 'record' || kind === 'conversation';

function pickChat(world) {
    const chats = [];
    world.every((mount, tab) => isChat(mount) && chats.push([mount, tab]));
    return chats.length ? world.chance.pick(chats) : [];
}

function mountOne(world, tab) {
    const { chance, store } = world;
    const kind = chance.pick(world.kinds);
    const conversation = chance.pick([...store.conversations.values()]);
    tab.mount(kind, kind === 'record' ? conversation.recordId : conversation.id);
}

/** What people do, each with how often. */
const ACTIONS = [
    [30, ({ store, chance }) => store.receive(chance.pick([...store.conversations.values()]), `in ${chance.below(1e6)}`)],
    [4, ({ store, chance }) => {
        const one = chance.pick([...store.conversations.values()]);
        Array.from({ length: 3 + chance.below(5) }, (_, index) => store.receive(one, `burst ${index}`));
    }],
    [6, (world) => {
        const [chat, tab] = pickChat(world);
        if (chat?.state.isOpen) {
            world.send(tab, chat);
        }
    }],
    [6, ({ store, chance }) => store.report(chance.pick([...store.conversations.values()]))],
    [5, (world) => world.living.length && mountOne(world, world.chance.pick(world.living))],
    [4, (world) => {
        const mounts = [];
        world.every((mount) => mounts.push(mount));
        if (mounts.length) {
            world.chance.pick(mounts).close();
        }
    }],
    [2, (world) => world.living.length < 4 && mountOne(world, world.openTab())],
    [1, (world) => world.living.length > 1 && world.chance.pick(world.living).kill()],
    [1, (world) => world.living.length && world.chance.pick(world.living).reload()],
    [3, (world) => world.living.length && world.chance.pick(world.living).setHidden(world.chance.happens(0.5))],
    [3, (world) => {
        const [chat, tab] = pickChat(world);
        chat && tab.setVisible(chat, world.chance.happens(0.5));
    }],
    [3, (world) => {
        // Each prompt of a tab notices that the user is back.
        const { channels, configuration } = world.living.length ? world.chance.pick(world.living).modules : {};
        Array.from({ length: 1 + world.chance.below(3) }, () => {
            configuration?.forgetConfiguration();
            channels?.resume();
        });
    }],
    [1, (world) => {
        const channels = world.living.length ? world.chance.pick(world.living).modules.channels : {};
        channels.restartTabs?.();
    }],
    [2, (world) => {
        if (world.living.length) {
            const tab = world.chance.pick(world.living);
            mountOne(world, tab);
            [...tab.mounts].at(-1).close();
            mountOne(world, tab);
        }
    }],
    [1, (world) => {
        // Any page of the origin may speak on the tabs' channel.
        const { id } = world.chance.pick([...world.store.conversations.values()]);
        const sequence = world.chance.pick([0, 3, 500, 2147483647, 2 ** 53 - 1, -1]);
        world.forge({ type: 'event', event: 'message', channel: 'private-user-005', conversationId: id, sequence });
    }],
    [2, (world) => {
        const [chat] = pickChat(world);
        if (chat?.state.messages?.length && chat.state.hasMore) {
            chat.widget.loadEarlier();
        }
    }],
    [2, (world) => {
        const [chat] = pickChat(world);
        const failed = chat?.state.messages?.find(({ id, status }) => !id && status === 'Failed');
        failed && chat.widget.retry(failed.clientKey);
    }],
    [1, (world) => world.every((mount) => mount.kind === 'list' && mount.state.cursor && mount.widget.loadMore())],
    [1, (world) => {
        // Nobody is told of a hand-over.
        const one = world.chance.pick([...world.store.conversations.values()]);
        one.isGone = one.isGone || world.chance.happens(0.3);
        world.hasLostEvents = true;
    }]
];

const later = ({ clock, chance }, action) => clock.add(chance.between(500, 20000), action);

/** What goes wrong, each for a while. */
const TROUBLES = [
    ({ server }) => server.dropAll(1006),
    ({ server, chance }) => server.dropAll(chance.pick([4100, 4200, 4201, 4004, 1001])),
    ({ server }) => server.silence(),
    (world) => {
        world.server.isDown = true;
        world.server.dropAll(1006);
        later(world, () => {
            world.server.isDown = false;
        });
    },
    ({ server }) => {
        server.refusedSignatures = 1;
        server.dropAll(1006);
    },
    (world) => {
        const { store, server, chance } = world;
        const { userChannel, conversationChannel = '' } = store.channels;
        const { id } = chance.pick([...store.conversations.values()]);
        const name = chance.happens(0.3) ? userChannel : conversationChannel.replace('{conversationId}', id);
        server.forbidden.add(name);
        server.dropAll(1006);
        later(world, () => server.forbidden.delete(name));
    },
    (world) => {
        world.store.delayed = true;
        world.hasLostEvents = true;
        later(world, () => {
            world.store.delayed = false;
        });
    },
    (world) => {
        world.faults = { refused: 0.3, lost: 0.1 };
        later(world, () => {
            world.faults = {};
        });
    },
    (world) => {
        world.store.status = 'login';
        world.living.forEach((tab) => tab.modules.configuration.forgetConfiguration());
        later(world, () => {
            world.store.status = 'ready';
        });
    }
];

function pickAction(chance) {
    let left = chance.below(ACTIONS.reduce((sum, [often]) => sum + often, 0));
    return ACTIONS.find(([often]) => (left -= often) < 0)[1];
}

function endTroubles({ server, store }) {
    server.isDown = false;
    server.refusedSignatures = 0;
    server.forbidden.clear();
    store.delayed = false;
    store.status = 'ready';
    store.lateness = 0;
}

async function calmDown(world) {
    endTroubles(world);
    world.faults = {};
    if (!world.living.length) {
        world.openTab();
    }
    world.living.forEach((tab) => {
        tab.setHidden(false);
        tab.mounts.forEach((mount) => isChat(mount) && tab.setVisible(mount, true));
    });
    await world.clock.wind(90000);
    // The user presses what there is to press.
    world.living.forEach((tab) => {
        tab.modules.configuration.forgetConfiguration();
        tab.modules.channels.resume();
    });
    await world.clock.wind(world.hasLostEvents ? LONG_CALM : CALM);
    world.every(({ state, widget }) => {
        const failed = state.messages?.find(({ id, status }) => !id && status === 'Failed');
        failed && widget.retry(failed.clientKey);
    });
    await world.clock.wind(30000);
    const before = countCalls(world);
    await world.clock.wind(QUIET);
    world.quietCalls = countCalls(world) - before;
}

const countCalls = ({ counts }) => Object.values(counts).reduce((sum, count) => sum + count, 0);

/** Plays a seed; returns what was wrong, nothing where all is well. */
export async function play(project, seed, options) {
    const world = new World(project, seed, options);
    const { chance, clock, store } = world;
    world.openTab();
    world.kinds = ['status', 'record', 'record', 'conversation', 'list', 'notifications'];
    world.hasLostEvents = options.withFaults && chance.happens(0.2);
    store.lateness = (world.hasLostEvents || !options.withFaults) && chance.happens(0.5) ? 9000 : 0;
    const clients = chance.happens(0.2) ? CLIENTS * 6 : CLIENTS;
    for (let number = 1; number <= clients; number += 1) {
        store.begin(number, `003${String(number).padStart(12, '0')}AAA`, number % 8 !== 0);
    }
    const [tab] = world.tabs;
    mountOne(world, tab);
    mountOne(world, tab);
    const end = clock.now + chance.between(15000, 40000);
    try {
        while (clock.now < end) {
            pickAction(chance)(world);
            if (options.withFaults && chance.happens(0.04)) {
                chance.pick(TROUBLES)(world);
            }
            await clock.wind(chance.happens(0.3) ? 0 : chance.between(10, 1200));
        }
        await calmDown(world);
        for (let waits = 0; waits < 10 && world.living.some((tab) => tab.pendingCalls); waits += 1) {
            await clock.wind(300);
        }
        checkCalm(world);
        world.every((mount) => mount.close());
        await clock.wind(5000);
        checkGone(world);
    } catch (error) {
        world.fault(`thrown: ${error.stack}`);
    }
    return world;
}
