import { subscribe } from 'c/pusherChannelService';
import { loadConfiguration } from 'c/pusherConfigurationService';
import { reduceErrors } from 'c/pusherErrors';
import { Turn } from 'c/pusherTurn';

const MOST = 50;

/** The newest events of the user's channels. */
class EventListenerModel {
    turn = new Turn();
    received = 0;
    state = { channels: [], events: [], errorMessage: '' };

    constructor(changed) {
        this.changed = changed;
    }

    async open() {
        const { turn } = this;
        try {
            const { publicChannel } = await loadConfiguration();
            if (!turn.isOver) {
                this.subscribe([publicChannel]);
            }
        } catch (error) {
            this.update({ errorMessage: reduceErrors(error) });
        }
    }

    close() {
        this.turn.end();
    }

    subscribe(channels) {
        this.update({ channels });
        channels.forEach((channel) =>
            this.turn.onEnd(
                subscribe(channel, (envelope) => this.receive(envelope))
            )
        );
    }

    receive({ type, channel, event, data }) {
        if (type === 'event') {
            this.received += 1;
            const entry = {
                id: this.received,
                name: event,
                receivedAt: new Date().toISOString(),
                channel,
                data
            };
            const events = [entry, ...this.state.events].slice(0, MOST);
            this.update({ events });
        }
    }

    update(changes) {
        this.state = { ...this.state, ...changes };
        if (!this.turn.isOver) {
            this.changed(this.state);
        }
    }
}

/** Tells `changed` of the events that come; the returned function stops it. */
export function watchEvents(changed) {
    const model = new EventListenerModel(changed);
    model.open();
    return () => model.close();
}
