import { LightningElement } from 'lwc';
import { watchEvents } from 'c/%[ cookiecutter.__camel ]%EventListenerModel';
import { label } from 'c/%[ cookiecutter.__camel ]%Labels';

/** Shows the events of the user's channels as they come. */
export default class %[ cookiecutter.prefix ]%EventListener extends LightningElement {
    label = label;
    listener = { channels: [], events: [] };

    get channelsLabel() {
        return label.format(label.listensTo, this.listener.channels.join(', '));
    }

    get isEmpty() {
        return !this.listener.events.length;
    }

    connectedCallback() {
        this.stopWatching = watchEvents((listener) => {
            this.listener = listener;
        });
    }

    disconnectedCallback() {
        this.stopWatching();
    }
}
