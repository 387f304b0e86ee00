// Component and application events.
const handlers = new Set();

class AuraEvent {
    constructor(source, name, definition, deliver) {
        this.source = source;
        this.name = name;
        this.definition = definition;
        this.deliver = deliver;
        this.params = {};
        this.isStopped = false;
    }

    setParam(key, value) {
        if (this.definition.attributes && !this.definition.attributes.includes(key)) {
            throw new Error(`${this.definition.type} has no attribute ${key}`);
        }
        this.params[key] = value;
    }

    setParams(params) {
        Object.entries(params).forEach(([key, value]) => this.setParam(key, value));
        return this;
    }

    getParam(key) {
        return this.params[key];
    }

    getParams() {
        return { ...this.params };
    }

    getName() {
        return this.name;
    }

    getType() {
        return this.definition.type;
    }

    getSource() {
        return this.source;
    }

    stopPropagation() {
        this.isStopped = true;
    }

    fire() {
        this.deliver(this);
    }
}

/** Bubbles a component event: to the component itself, to who holds it, and so on. */
function bubble(event) {
    const { source, name, definition } = event;
    for (let component = source; component && !event.isStopped; component = component.owner) {
        component.handleEvent(name, definition.type, event);
    }
}

export function makeComponentEvent(component, name, definition) {
    if (definition.problem) {
        throw new Error(definition.problem);
    }
    return new AuraEvent(component, name, definition, (event) => {
        component.listeners[name]?.(event);
        if (!event.isStopped) {
            bubble(event);
        }
    });
}

export function makeApplicationEvent(type, deliver) {
    return new AuraEvent(undefined, '', { type }, deliver ?? ((event) => handlers.forEach((handle) => handle(type, event))));
}

export function handleApplicationEvents(handle) {
    handlers.add(handle);
    return () => handlers.delete(handle);
}

/** What a handler is told of the component itself: init, change, render, destroy. */
export function makeValueEvent(component, name, params = {}) {
    return Object.assign(new AuraEvent(component, name, { type: `aura:value${name}` }, () => {}), { params });
}

/** What a component of the other kind, or a standard one, fires. */
export function makeInteropEvent(event, source) {
    return {
        type: event.type,
        detail: event.detail,
        target: event.target,
        currentTarget: event.currentTarget,
        getSource: () => source,
        getName: () => event.type,
        getParam: (key) => event.detail?.[key],
        getParams: () => ({ ...event.detail }),
        preventDefault: () => event.preventDefault(),
        stopPropagation: () => event.stopPropagation()
    };
}
