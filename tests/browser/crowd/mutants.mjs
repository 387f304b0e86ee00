// Faults that were in the browser's code once, put back one by one: the crowd has to notice each.
// usage: node mutants.mjs <main/default> [--seeds n] [--only name]
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bundleProject } from './bundle.mjs';
import { play } from './story.mjs';

const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { seeds: { type: 'string', default: '400' }, only: { type: 'string', default: '' } }
});

/**
 * name: [file, what stands there, what stood there]. Where a second layer heals a fault before
 * the calm ends, the components' own tests pin it, not this.
 */
const MUTANTS = {
    'a frame that was closed goes on': ['BridgeClient', 'if (turn.isOver) {\n            return;\n        }\n        if (status', 'if (status'],
    'a frame that was withdrawn gives up': ['BridgeClient', 'if (!turn.isOver) {\n            this.close();', 'if (true) {\n            this.close();'],
    'a session is left open': ['Bridge', 'turn.onEnd(() => session.close());', ''],
    'rows that are gone stay in the list': ['InboxModel', 'this.rows = new Map(rows.map((row) => [row.id, row]));', 'rows.forEach((row) => this.rows.set(row.id, row));'],
    'the list keeps its cursor': ['InboxModel', '            cursor,\n            isUnreadCapped', '            cursor: this.state.cursor ?? cursor,\n            isUnreadCapped'],
    'the badge is kept by differences': ['InboxModel', 'this.elsewhere = Math.max(', 'this.elsewhere = this.elsewhere || Math.max('],
    'the network is never asked while connected': ['CatchUpService', 'this.schedulePoll();\n            this.renew();', 'this.schedulePoll();\n            this.isConnected || this.renew();'],
    'a hidden chat reads': ['ConversationModel', 'return this.isVisible && !this.turn.isOver && !document.hidden;', 'return true;'],
    'reports that were missed stay missed': ['ConversationModel', 'isWhole ? history.findUnsettled(ENDED) : Infinity', 'Infinity'],
    'what was refused stays refused': ['connection', 'this.channels.retryRefused();', ''],
    'a retry of pusher-js is forgotten': ['connection', 'setTimeout(() => this.pusher.disconnect(), 0);', '', 'direct'],
    'a chat forgets what wasn\'t sent': ['UnsentStore', 'write(this.name, [...others', 'void (this.name, [...others'],
    'lists begin twice': ['InboxModel', 'if (!inbox) {', 'if (watchers.size) {']
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

for (const [name, [file, now, before, bridge]] of Object.entries(MUTANTS)) {
    if (!name.includes(values.only)) {
        continue;
    }
    let isChanged = false;
    const project = await bundleProject(positionals[0], (path, code) => {
        // A frame takes its sockets with it.
        const isOther = bridge && !existsSync(`${positionals[0]}/lwc/pusherBridgeClient`) !== (bridge === 'direct');
        if (isOther || !path.endsWith(`${file}.js`) || !code.includes(now)) {
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
