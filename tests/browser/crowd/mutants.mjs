// Faults that were in the browser's code once, put back one by one: the crowd has to notice each.
// usage: node mutants.mjs <main/default> [--seeds n] [--only name]
import { parseArgs } from 'node:util';
import { bundleProject } from './bundle.mjs';
import { play } from './story.mjs';

const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { seeds: { type: 'string', default: '400' }, only: { type: 'string', default: '' } }
});

/** name: [file, what stands there, what stood there]. */
const MUTANTS = {
    'a frame that was closed goes on': ['Frame', 'if (turn.isOver) {\n            return;\n        }\n        if (status', 'if (status'],
    'a frame that was withdrawn gives up': ['Frame', 'if (!turn.isOver) {\n            this.close();', 'if (true) {\n            this.close();'],
    'each resume begins a session': ['Bridge', 'if (turn.isOver) {\n            return;\n        }\n        // Lightning', '// Lightning'],
    'a session is left open': ['Bridge', 'turn.onEnd(() => session.close());', ''],
    'rows that are gone stay in the list': ['Inbox', 'this.rows = new Map(rows.map((row) => [row.id, row]));', 'rows.forEach((row) => this.rows.set(row.id, row));'],
    'the list keeps its cursor': ['Inbox', '            cursor,\n            isUnreadCapped', '            cursor: this.state.cursor ?? cursor,\n            isUnreadCapped'],
    'the badge is kept by differences': ['Inbox', 'this.elsewhere = Math.max(', 'this.elsewhere = this.elsewhere || Math.max('],
    'events of open chats are dropped': ['Inbox', 'this.expect(conversationId, event, sequence);', ''],
    'a failed request is never repeated': ['CatchUp', 'this.runIn(jitter(FIRST_RETRY * factor));', ''],
    'the network is never asked while connected': ['CatchUp', 'this.schedulePoll();\n            this.renew();', 'this.schedulePoll();\n            this.isConnected || this.renew();'],
    'a hidden chat reads': ['Conversation', 'return this.isVisible && !this.turn.isOver && !document.hidden;', 'return true;'],
    'reports that were missed stay missed': ['Conversation', 'isWhole ? this.history.findUnsettled(ENDED) : Infinity', 'Infinity'],
    'a made-up number silences a chat': ['History', 'const isLate = Math.abs(now - since) >= GAP_LIMIT;', 'const isLate = false;'],
    'a gap is given up at once': ['History', 'if (Math.abs(now - this.gapSince) < GAP_LIMIT) {', 'if (false) {'],
    'texts that come late are dropped': ['History', 'if (isOlder || sequence < 1 || this.has(sequence)) {', 'if (isOlder || sequence <= this.reached) {'],
    'what was refused stays refused': ['connection', 'this.channels.askAgain();', ''],
    'a timer outlives its connection': ['connection', 'if (!this.closed) {', 'if (true) {'],
    'a retry of pusher-js is forgotten': ['connection', 'setTimeout(() => this.pusher.disconnect(), 0);', ''],
    'a state sticks when a tab leaves': ['session', 'if (this.connection.channels.set([...new Set(names)])) {', 'if (this.connection.channels.set([...new Set(names)]) && false) {'],
    'a chat forgets what wasn\'t sent': ['Unsent', 'write(this.name, [...others', 'void (this.name, [...others'],
    'lists begin twice': ['Inbox', 'if (!inbox) {', 'if (watchers.size) {']
};

const OPTIONS = {
    channels: { userChannel: 'private-user-005', conversationChannel: 'private-conversation-{conversationId}' },
    withFaults: true
};
process.on('unhandledRejection', () => {
    rejected = true;
});
let rejected = false;
let missed = 0;

async function findSeed(project) {
    for (let seed = 1; seed <= Number(values.seeds); seed += 1) {
        rejected = false;
        const { violations } = await play(project, seed, OPTIONS);
        await new Promise((resolve) => setImmediate(resolve));
        if (violations.length || rejected) {
            return { seed, violation: violations[0] ?? 'an unhandled rejection' };
        }
    }
    return null;
}

for (const [name, [file, now, before]] of Object.entries(MUTANTS)) {
    if (!name.includes(values.only)) {
        continue;
    }
    let isChanged = false;
    const project = await bundleProject(positionals[0], (path, code) => {
        if (!path.endsWith(`${file}.js`) || !code.includes(now)) {
            return code;
        }
        isChanged = true;
        return code.replace(now, before);
    });
    const found = isChanged ? await findSeed(project) : null;
    missed += isChanged && !found ? 1 : 0;
    const outcome = found ? `seed ${found.seed}: ${found.violation.slice(0, 90)}` : 'MISSED';
    console.log(`${name}: ${isChanged ? outcome : 'not in this project'}`);
}
process.exitCode = missed ? 1 : 0;
