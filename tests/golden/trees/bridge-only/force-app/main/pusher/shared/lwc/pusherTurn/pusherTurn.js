import { after } from 'c/pusherTimer';

/**
 * What asynchronous work belongs to, from an open() to its close(). Work that
 * has waited asks `isOver` before it goes on; end() stops what the turn has begun.
 */
export class Turn {
    isOver = false;
    stops = new Set();

    /** Has something stopped when the turn ends, at once where it has ended. */
    onEnd(stop) {
        if (this.isOver) {
            stop();
        } else {
            this.stops.add(stop);
        }
    }

    /** Listens until the turn ends. */
    listen(target, event, listener) {
        target.addEventListener(event, listener);
        this.onEnd(() => target.removeEventListener(event, listener));
    }

    /** Runs the action later, unless the turn ends; the result cancels it. */
    after(milliseconds, action) {
        const cancel = after(milliseconds, () => {
            this.stops.delete(cancel);
            action();
        });
        this.onEnd(cancel);
        return () => {
            this.stops.delete(cancel);
            cancel();
        };
    }

    end() {
        const stops = [...this.stops];
        this.isOver = true;
        this.stops.clear();
        stops.forEach((stop) => stop());
    }
}
