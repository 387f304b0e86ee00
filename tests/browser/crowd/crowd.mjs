// Plays thousands of seeds of a whole browser against a generated project.
// usage: node crowd.mjs <main/default> [--from n] [--seeds n] [--faults yes|no] [--channels private|public|both]
import { parseArgs } from 'node:util';
import { bundleProject } from './bundle.mjs';
import { play } from './story.mjs';

const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
        from: { type: 'string', default: '1' },
        seeds: { type: 'string', default: '100' },
        faults: { type: 'string', default: 'yes' },
        channels: { type: 'string', default: 'private' },
        most: { type: 'string', default: '5' }
    }
});
const OWN = { userChannel: 'private-user-005', conversationChannel: 'private-conversation-{conversationId}' };
const CHANNELS = {
    private: OWN,
    public: { publicChannel: 'my-channel' },
    both: { ...OWN, publicChannel: 'my-channel' }
};
const rejections = [];
process.on('unhandledRejection', (error) => rejections.push(error));
const project = await bundleProject(positionals[0]);
const first = Number(values.from);
const totals = { seeds: 0, wrong: 0, calls: 0, ticks: 0 };
for (let seed = first; seed < first + Number(values.seeds); seed += 1) {
    const options = { channels: CHANNELS[values.channels], withFaults: values.faults === 'yes' };
    const world = await play(project, seed, options);
    await new Promise((resolve) => setImmediate(resolve));
    rejections.splice(0).forEach((error) => world.fault(`unhandled rejection: ${error?.stack ?? error}`));
    totals.seeds += 1;
    totals.calls += Object.values(world.counts).reduce((sum, count) => sum + count, 0);
    totals.ticks += world.clock.last;
    if (world.violations.length) {
        totals.wrong += 1;
        if (totals.wrong <= Number(values.most)) {
            console.log(`seed ${seed}:`);
            world.violations.slice(0, 6).forEach((text) => console.log(`  ${text}`));
        }
    }
}
console.log(JSON.stringify(totals));
process.exitCode = totals.wrong ? 1 : 0;
