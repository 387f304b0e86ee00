// What the doubles of browser.mjs promise, held against Node's own Web Locks and BroadcastChannel.
import assert from 'node:assert/strict';
import { Locks, Radio } from './browser.mjs';
import { Clock } from './clock.mjs';

const pause = () => new Promise((resolve) => setTimeout(resolve, 20));

function open(request, name, options = {}) {
    const held = { isGranted: false, outcome: 'pending' };
    held.promise = request(name, options, () => {
        held.isGranted = true;
        return new Promise((resolve) => {
            held.release = resolve;
        });
    });
    held.promise.then(
        () => {
            held.outcome = 'released';
        },
        (error) => {
            held.outcome = error.name;
        }
    );
    return held;
}

async function checkLocks(request, settle) {
    const first = open(request, 'queue');
    const second = open(request, 'queue');
    const third = open(request, 'queue');
    const other = open(request, 'other');
    await settle();
    assert.deepEqual([first, second, third, other].map(({ isGranted }) => isGranted), [true, false, false, true]);
    first.release();
    await settle();
    assert.equal(first.outcome, 'released');
    assert.deepEqual([second.isGranted, third.isGranted], [true, false]);
    const thief = open(request, 'queue', { steal: true });
    await settle();
    assert.equal(second.outcome, 'AbortError');
    assert.deepEqual([thief.isGranted, third.isGranted], [true, false]);
    second.release();
    await settle();
    assert.equal(third.isGranted, false);
    thief.release();
    await settle();
    assert.equal(third.isGranted, true);
    third.release();
    other.release();
    const failed = request('queue', {}, () => Promise.reject(new Error('own')));
    await assert.rejects(failed, /own/);
    const bare = await request('queue', () => 'answer');
    assert.equal(bare, 'answer');
}

async function checkChannels(Channel, settle) {
    const heard = [];
    const [one, two, three, other] = ['name', 'name', 'name', 'another'].map((name) => new Channel(name));
    [one, two, three, other].forEach((channel, index) => {
        channel.onmessage = ({ data }) => heard.push([index, data]);
    });
    const told = { list: [1] };
    one.postMessage(told);
    told.list.push(2);
    await settle();
    assert.deepEqual(heard.splice(0), [[1, { list: [1] }], [2, { list: [1] }]]);
    two.postMessage('first');
    two.postMessage('second');
    three.close();
    await settle();
    const ofFirst = heard.filter(([index]) => index === 0).map(([, data]) => data);
    assert.deepEqual(ofFirst, ['first', 'second']);
    assert.equal(heard.some(([index]) => index === 2 || index === 3), false);
    assert.throws(() => three.postMessage('late'), /closed|InvalidState/i);
    assert.throws(() => one.postMessage(() => {}), /clone/i);
    [one, two, other].forEach((channel) => channel.close());
}

const clock = new Clock();
const wind = () => clock.wind(50);
const locks = new Locks().of({});
await checkLocks((...parameters) => locks.request(...parameters), wind);
await checkLocks((...parameters) => navigator.locks.request(...parameters), pause);
await checkChannels(new Radio(clock).classFor({}), wind);
await checkChannels(BroadcastChannel, pause);
console.log('the doubles do as the real ones');
