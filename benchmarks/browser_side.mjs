// What the browser's side costs and how fast it notices, counted on the crowd's virtual clock with
// the generated code and the pusher-js that is shipped.
// usage: node benchmarks/browser_side.mjs <main/default, by types as tests/browser/projects_of_answers.py renders it>
import { performance } from 'node:perf_hooks';
import { bundleProject } from '../tests/browser/crowd/bundle.mjs';
import { World } from '../tests/browser/crowd/story.mjs';

const channels = {
    userChannel: 'private-user-005',
    conversationChannel: 'private-conversation-{conversationId}'
};
const project = await bundleProject(process.argv[2]);

/** An advisor with a chat, the list and the utility in one tab. */
async function sitDown() {
    const world = new World(project, 1, { channels });
    const conversation = world.store.begin(1, '003000000000001AAA');
    world.store.begin(2, '003000000000002AAA');
    const tab = world.openTab();
    return { world, conversation, tab };
}

function mountAll(tab) {
    return ['record', 'list', 'notifications'].map((kind) => tab.mount(kind, '003000000000001AAA'));
}

function countSince(world, before) {
    const names = Object.keys(world.counts);
    return Object.fromEntries(
        names.map((name) => [name, world.counts[name] - (before[name] ?? 0)]).filter(([, count]) => count)
    );
}

async function countPageLoad() {
    const { world, tab } = await sitDown();
    mountAll(tab);
    await world.clock.wind(10000);
    const leader = countSince(world, {});
    const before = { ...world.counts };
    mountAll(world.openTab());
    await world.clock.wind(10000);
    return { leader, follower: countSince(world, before) };
}

async function countEvents() {
    const { world, conversation, tab } = await sitDown();
    mountAll(tab);
    await world.clock.wind(10000);
    const single = { ...world.counts };
    world.store.receive(conversation, 'one text');
    await world.clock.wind(10000);
    const perEvent = countSince(world, single);
    const idle = { ...world.counts };
    await world.clock.wind(3600000);
    return { perEvent, idleHour: countSince(world, idle) };
}

/** A socket dies without a word, at any moment between two pings. */
async function measureSilence(moment) {
    const { world, conversation, tab } = await sitDown();
    const [chat] = mountAll(tab);
    await world.clock.wind(60000 + moment);
    world.server.silence();
    world.store.receive(conversation, 'unheard');
    let seconds = 0;
    while (seconds < 600 && !chat.state.messages.some(({ body }) => body === 'unheard')) {
        await world.clock.wind(1000);
        seconds += 1;
    }
    return seconds;
}

async function measureMany() {
    const { world, conversation, tab } = await sitDown();
    const [chat] = mountAll(tab);
    await world.clock.wind(10000);
    const before = { ...world.counts };
    const started = performance.now();
    let most = 0;
    for (let text = 0; text < 3000; text += 1) {
        world.store.receive(conversation, `text ${text}`);
        await world.clock.wind(200);
        most = Math.max(most, chat.state.messages.length);
    }
    const seconds = (performance.now() - started) / 1000;
    await world.clock.wind(5000);
    return { texts: 3000, mostRows: most, calls: countSince(world, before), cpuSeconds: Number(seconds.toFixed(1)) };
}

let unseenSeconds = 0;
for (let moment = 0; moment < 40000; moment += 1000) {
    unseenSeconds = Math.max(unseenSeconds, await measureSilence(moment));
}
const { leader, follower } = await countPageLoad();
const { perEvent, idleHour } = await countEvents();
console.log(
    JSON.stringify(
        { pageLoad: { leader, follower }, perEvent, idleHour, unseenSeconds, many: await measureMany() },
        null,
        4
    )
);
