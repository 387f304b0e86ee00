import { watch } from 'c/pusherChannels';
import { after } from 'c/pusherTimer';

const FIRST_RETRY = 2000;
const SLOWEST = 8;

const jitter = (milliseconds) => milliseconds * (0.75 + Math.random() / 2);

/**
 * Keeps something fetched from Salesforce up to date: at once when asked to,
 * later when the tab is hidden, slowly and ever slower while there is no socket.
 */
export class CatchUp {
    constructor(fetch, pollSeconds) {
        this.fetch = fetch;
        this.pollMilliseconds = pollSeconds * 1000;
    }

    start() {
        this.started = true;
        this.polls = 0;
        this.failures = 0;
        this.stopWatching = watch(({ state }) => this.follow(state));
        document.addEventListener('visibilitychange', this.handleVisibility);
    }

    stop() {
        this.started = false;
        this.stopWatching();
        this.cancelPoll?.();
        this.cancelRetry?.();
        document.removeEventListener('visibilitychange', this.handleVisibility);
    }

    /** Fetches, once more after a fetch that is under way. */
    async request() {
        if (!this.started || this.running || document.hidden) {
            this.due = true;
            return;
        }
        this.due = false;
        this.running = true;
        this.cancelRetry?.();
        await this.fetch().then(
            () => this.noteSuccess(),
            () => this.retry()
        );
        this.running = false;
        if (this.due) {
            this.request();
        }
    }

    handleVisibility = () => {
        if (this.due) {
            this.request();
        }
    };

    follow(state) {
        if (state === 'connected') {
            this.cancelPoll?.();
            this.cancelPoll = null;
            this.polls = 0;
        } else if (!this.cancelPoll) {
            this.schedulePoll();
        }
    }

    schedulePoll() {
        const factor = Math.min(SLOWEST, 2 ** this.polls);
        this.polls += 1;
        this.cancelPoll = after(jitter(this.pollMilliseconds * factor), () => {
            this.schedulePoll();
            this.request();
        });
    }

    noteSuccess() {
        this.failures = 0;
    }

    retry() {
        this.failures += 1;
        const factor = Math.min(SLOWEST, this.failures) * 2;
        this.cancelRetry = after(jitter(FIRST_RETRY * factor), () =>
            this.request()
        );
    }
}
