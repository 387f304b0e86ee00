import { watch } from 'c/pusherChannelService';
import { within } from 'c/pusherTimer';
import { Turn } from 'c/pusherTurn';

const LIMIT = 60000;
const FIRST_RETRY = 2000;
const SLOWEST = 8;
const POLL = 30000;
const POLL_DELAYED = 10000;
const POLL_CONNECTED = 240000;
const FRESH = 5000;

const jitter = (milliseconds) => milliseconds * (0.75 + Math.random() / 2);

/**
 * Keeps something fetched from Salesforce up to date: at once when asked to,
 * later when the tab is hidden, ever slower while there is no socket, and every few
 * minutes even while there is one, since an event may never have been sent.
 *
 * fetch(turn, isWhole) rejects where it has to be repeated; it is whole where
 * anything may have changed, not only what an event has told of.
 */
export class CatchUpService {
    turn = new Turn();
    waiting = [];
    begun = 0;
    polls = 0;
    failures = 0;
    pollMilliseconds = POLL;

    /** Two fetches begin `pause` milliseconds after one another at least. */
    constructor(fetch, pause = 0) {
        this.fetch = fetch;
        this.pause = pause;
    }

    /** Whether something that was asked for hasn't been fetched. */
    get isPending() {
        return Boolean(this.due || this.running || this.failures);
    }

    start() {
        const { turn } = this;
        this.schedulePoll();
        turn.onEnd(watch(({ state }) => this.follow(state)));
        turn.listen(document, 'visibilitychange', this.handleReturn);
        turn.listen(window, 'focus', this.handleReturn);
        turn.listen(window, 'online', this.handleReturn);
    }

    stop() {
        this.turn.end();
        this.settle(this.waiting);
    }

    /** Fetches what is new, once more after a fetch that is under way. */
    request() {
        this.due = true;
        this.run();
    }

    /** Fetches whatever may have changed. */
    renew() {
        this.whole = true;
        this.request();
    }

    /** Is done once a fetch that begins from now on has ended, in whatever way. */
    requestAndWait() {
        return new Promise((resolve) => {
            this.waiting.push(resolve);
            this.request();
        });
    }

    /** While publishing fails, events don't tell. */
    setDelayed(isDelayed) {
        if (this.isDelayed !== isDelayed) {
            this.isDelayed = isDelayed;
            this.schedulePoll();
        }
    }

    setPollSeconds(seconds) {
        this.pollMilliseconds = seconds * 1000;
    }

    /** The user is back, or the network is. */
    handleReturn = () => {
        if (Math.abs(Date.now() - this.begun) > FRESH) {
            this.whole = true;
            this.due = true;
        }
        this.run();
    };

    run() {
        const { turn, running, due } = this;
        if (turn.isOver) {
            this.settle(this.waiting);
        } else if (due && !running && !document.hidden) {
            const passed = Math.abs(Date.now() - this.begun);
            this.cancelRun?.();
            if (passed < this.pause) {
                this.runIn(this.pause - passed);
            } else {
                this.work();
            }
        }
    }

    runIn(milliseconds) {
        this.cancelRun?.();
        this.cancelRun = this.turn.after(milliseconds, () => this.run());
    }

    async work() {
        const { turn, waiting, whole = false } = this;
        this.waiting = [];
        this.whole = false;
        this.due = false;
        this.running = true;
        this.begun = Date.now();
        await within(LIMIT, this.fetch(turn, whole)).then(
            () => {
                this.failures = 0;
            },
            () => {
                this.failures += 1;
                this.whole = this.whole || whole;
            }
        );
        this.running = false;
        this.settle(waiting);
        this.proceed();
    }

    settle(waiting) {
        waiting.splice(0).forEach((resolve) => resolve());
    }

    proceed() {
        if (this.failures && !this.due) {
            const factor = Math.min(SLOWEST, this.failures) * 2;
            this.due = true;
            this.runIn(jitter(FIRST_RETRY * factor));
        } else {
            this.run();
        }
    }

    follow(state) {
        const isConnected = state === 'connected';
        if (this.isConnected !== isConnected) {
            this.isConnected = isConnected;
            this.polls = 0;
            this.schedulePoll();
        }
    }

    schedulePoll() {
        this.cancelPoll?.();
        this.cancelPoll = this.turn.after(jitter(this.pollDelay()), () => {
            this.polls += 1;
            this.schedulePoll();
            this.renew();
        });
    }

    pollDelay() {
        if (this.isDelayed) {
            return POLL_DELAYED;
        }
        return this.isConnected
            ? POLL_CONNECTED
            : this.pollMilliseconds * Math.min(SLOWEST, 2 ** this.polls);
    }
}
