// A clock that stands still until it is wound: timers, dates and chance of a whole browser.

/** Chance that can be repeated: the same seed gives the same numbers. */
export function createChance(seed) {
    let state = seed >>> 0;
    const next = () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
    return {
        next,
        below: (limit) => Math.floor(next() * limit),
        between: (least, most) => least + next() * (most - least),
        pick: (choices) => choices[Math.floor(next() * choices.length)],
        happens: (share) => next() < share
    };
}

const drain = () => new Promise((resolve) => setImmediate(resolve));

export class Clock {
    now = Date.UTC(2026, 10, 20, 9);
    timers = [];
    last = 0;

    /** Timers are kept in a heap, the earliest on top. */
    add(milliseconds, action, owner) {
        this.last += 1;
        const due = this.now + Math.max(0, Number(milliseconds) || 0);
        const timer = { due, number: this.last, action, owner };
        const { timers } = this;
        let place = timers.push(timer) - 1;
        while (place > 0) {
            const parent = (place - 1) >> 1;
            if (isBefore(timers[parent], timer)) {
                break;
            }
            timers[place] = timers[parent];
            place = parent;
        }
        timers[place] = timer;
        return timer;
    }

    pop() {
        const { timers } = this;
        const [first] = timers;
        const last = timers.pop();
        if (timers.length) {
            let place = 0;
            for (;;) {
                let child = 2 * place + 1;
                if (child >= timers.length) {
                    break;
                }
                if (child + 1 < timers.length && isBefore(timers[child + 1], timers[child])) {
                    child += 1;
                }
                if (isBefore(last, timers[child])) {
                    break;
                }
                timers[place] = timers[child];
                place = child;
            }
            timers[place] = last;
        }
        return first;
    }

    /** Winds on; after each timer everything that it has let go on goes on. */
    async wind(milliseconds) {
        const end = this.now + milliseconds;
        await drain();
        while (this.timers.length && this.timers[0].due <= end) {
            const timer = this.pop();
            if (!timer.isCancelled && !timer.owner?.isGone) {
                this.now = Math.max(this.now, timer.due);
                timer.isDone = !timer.every;
                timer.action();
                await drain();
                if (timer.every && !timer.isCancelled) {
                    const again = this.add(timer.every, timer.action, timer.owner);
                    again.every = timer.every;
                    timer.again = again;
                }
            }
        }
        this.now = end;
    }

    /** What a tab waits for still. */
    pendingOf(owner) {
        return this.timers.filter((timer) => timer.owner === owner && !timer.isCancelled);
    }

    /** The functions that a window has. */
    windowOf(owner) {
        const clock = this;
        const setTimeout = (action, milliseconds, ...parameters) =>
            clock.add(milliseconds, () => action(...parameters), owner);
        const clearTimeout = (timer) => {
            for (let one = timer; one && typeof one === 'object'; one = one.again) {
                one.isCancelled = true;
            }
        };
        const setInterval = (action, milliseconds) => {
            const timer = clock.add(milliseconds, action, owner);
            timer.every = Math.max(1, milliseconds);
            return timer;
        };
        class VirtualDate extends Date {
            constructor(...parameters) {
                super(...(parameters.length ? parameters : [clock.now]));
            }
            static now() {
                return clock.now;
            }
        }
        return { setTimeout, clearTimeout, setInterval, clearInterval: clearTimeout, Date: VirtualDate };
    }
}

function isBefore(one, other) {
    return one.due < other.due || (one.due === other.due && one.number < other.number);
}
