// A component: attributes, actions, events and what its markup has drawn.
import { makeAction } from './actions.js';
import { run } from './cycle.js';
import { handleApplicationEvents, makeComponentEvent, makeValueEvent } from './events.js';
import { drawAll } from './rendering.js';
import { Scope, Value, actionName } from './values.js';

const HANDLED = ['change', 'destroy', 'init', 'render'];
const NUMBERS = ['Decimal', 'Double', 'Integer', 'Long'];
let created = 0;

function convert(type, value) {
    if (typeof value !== 'string') {
        return value;
    }
    if (type === 'Boolean') {
        return value === 'true';
    }
    if (NUMBERS.includes(type)) {
        return Number(value);
    }
    return /^(Object|Map|List|Set)$|\[\]$/.test(type) && /^\s*[[{]/.test(value) ? JSON.parse(value) : value;
}

export class Component {
    /** `values` are bound to the scope of the markup that holds it, whose component is the `owner`. */
    constructor(definition, values = {}, owner = undefined, scope = undefined, item = undefined) {
        created += 1;
        Object.assign(this, { definition, owner, item: item ?? owner?.item, valid: true, listeners: {}, stops: [] });
        this.globalId = `${created}:0`;
        this.index = new Map();
        this.attributes = this.makeAttributes(values, scope);
        this.makeMethods();
        this.scope = new Scope(this);
        this.blocks = drawAll(definition.body, this.scope);
        this.handle();
    }

    makeAttributes(values, scope) {
        const attributes = new Map();
        for (const [name, { type, default: text }] of Object.entries(this.definition.attributes)) {
            const given = name in values ? values[name] : undefined;
            const bound = scope && given?.parts ? scope.bind(given) : undefined;
            const plain = given ?? (text?.parts ? new Scope(this).bind(text).get() : text);
            attributes.set(name, bound ?? new Value(convert(type, plain) ?? undefined));
        }
        for (const [name, value] of Object.entries(values)) {
            const action = name in this.definition.events && actionName(value);
            if (action) {
                this.listeners[name] = (event) => scope.component.act(action, event);
            } else if (!attributes.has(name) && !['aura:id', 'class'].includes(name)) {
                throw new Error(`c:${this.definition.name} has no attribute ${name}`);
            }
        }
        return attributes;
    }

    makeMethods() {
        for (const { name, action, attributes } of this.definition.methods) {
            this[name] = (...given) => {
                const values = attributes.map((one, index) => [one.name, given[index] ?? convert(one.type, one.default)]);
                const event = makeValueEvent(this, name, { arguments: Object.fromEntries(values) });
                return this.act(actionName(action), event);
            };
        }
    }

    handle() {
        const { handlers } = this.definition;
        for (const { name, value, action, event, kind, line } of handlers) {
            const act = (told) => this.act(actionName(action), told);
            if (event) {
                this.stops.push(kind === 'APPLICATION' ? this.hear(event, act) : () => {});
            } else if (!HANDLED.includes(name)) {
                throw new Error(`${this.definition.file}:${line}: a handler of ${name} is not emulated`);
            } else if (name === 'change') {
                const followed = this.scope.bind(value);
                const tell = (oldValue) => run(() => act(makeValueEvent(this, 'change', { oldValue, value: followed.get() })));
                this.stops.push(followed.watch(tell));
            }
        }
        this.tell('init');
    }

    hear(type, act) {
        return handleApplicationEvents((fired, event) => fired === type && act(event));
    }

    /** Fires init, render or destroy. */
    tell(name) {
        for (const { name: handled, event, action } of this.definition.handlers) {
            if (handled === name && !event) {
                this.act(actionName(action), makeValueEvent(this, name));
            }
        }
    }

    handleEvent(name, type, event) {
        for (const { name: handled, event: handledType, action } of this.definition.handlers) {
            if (handled === name && handledType === type && event.source !== undefined) {
                this.act(actionName(action), event);
            }
        }
    }

    act(name, event) {
        const { controller, helper } = this.definition.scripts;
        const action = controller?.[name];
        if (!action) {
            throw new Error(`the controller of c:${this.definition.name} has no action ${name}`);
        }
        return run(() => action.call(controller, this, event, helper));
    }

    attribute(name) {
        const value = this.attributes.get(name);
        if (!value) {
            throw new Error(`c:${this.definition.name} has no attribute ${name}`);
        }
        return value;
    }

    /** Values that are no attributes: labels, the component's id. */
    provide(path) {
        const [first, space, name] = path.split('.');
        if (path === 'globalId' || path === 'this') {
            return path === 'this' ? this : this.globalId;
        }
        if (first === '$Label' && space && name) {
            if (!(name in this.definition.labels)) {
                throw new Error(`label ${name} is not in this project`);
            }
            return this.definition.labels[name];
        }
        throw new Error(`${path} is not emulated`);
    }

    get(key) {
        const [provider, name] = key.split('.');
        if (provider === 'c') {
            return makeAction(this, name);
        }
        return this.scope.look(provider === 'v' ? key : `v.${key}`);
    }

    set(key, value) {
        this.scope.refer(key).set(value);
    }

    find(id) {
        const found = this.index.get(id) ?? [];
        return found.length > 1 ? [...found] : found[0];
    }

    getEvent(name) {
        const definition = this.definition.events[name];
        if (!definition) {
            throw new Error(`c:${this.definition.name} registers no event ${name}`);
        }
        return makeComponentEvent(this, name, definition);
    }

    getElements() {
        return this.blocks.flatMap((block) => block.nodes()).filter(({ nodeType }) => nodeType === Node.ELEMENT_NODE);
    }

    getElement() {
        return this.getElements()[0] ?? null;
    }

    getGlobalId() {
        return this.globalId;
    }

    getLocalId() {
        return this.localId;
    }

    getName() {
        return `c$${this.definition.name}`;
    }

    getType() {
        return `c:${this.definition.name}`;
    }

    isValid() {
        return this.valid;
    }

    update() {
        const isNew = !this.rendered;
        const before = this.blocks.map((block) => block.update());
        if (isNew || before.some(Boolean)) {
            this.rendered = true;
            this.render(isNew);
        }
        return before.some(Boolean);
    }

    render(isNew) {
        const style = `c${this.definition.name}`;
        this.getElements().forEach((element) => element.classList.add(style));
        const { renderer, helper } = this.definition.scripts;
        const act = renderer?.[isNew ? 'afterRender' : 'rerender'];
        const above = { superAfterRender() {}, superRerender() {} };
        run(() => act?.call({ ...renderer, ...above }, this, helper));
        this.tell('render');
    }

    destroy() {
        if (this.valid) {
            this.tell('destroy');
            const { renderer, helper } = this.definition.scripts;
            renderer?.unrender?.call({ ...renderer, superUnrender() {} }, this, helper);
            this.stops.forEach((stop) => stop());
            this.blocks.forEach((block) => block.destroy());
            this.valid = false;
        }
    }
}
