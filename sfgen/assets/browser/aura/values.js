// Where values live: attributes, parts of them, and expressions over them.
import { parse } from './expressions.js';
import { changed } from './cycle.js';

export class Value {
    constructor(value) {
        this.value = value;
        this.watchers = new Set();
    }

    get() {
        return this.value;
    }

    set(value) {
        const before = this.value;
        this.value = value;
        this.tell(before);
    }

    tell(before) {
        changed();
        [...this.watchers].forEach((watcher) => watcher(before));
    }

    watch(watcher) {
        this.watchers.add(watcher);
        return () => this.watchers.delete(watcher);
    }
}

const follow = (names, object) => names.reduce((found, name) => found?.[name], object);

/** A property inside another value, e.g. v.chat.title. */
class Part {
    constructor(whole, names) {
        this.whole = whole;
        this.names = names;
    }

    get() {
        return follow(this.names, this.whole.get());
    }

    set(value) {
        const holder = follow(this.names.slice(0, -1), this.whole.get());
        if (!holder) {
            throw new Error(`nothing holds ${this.names.join('.')}`);
        }
        holder[this.names.at(-1)] = value;
        this.whole.tell?.(this.whole.get());
    }

    tell(before) {
        this.whole.tell?.(before);
    }

    watch(watcher) {
        let last = this.get();
        return this.whole.watch(() => {
            const before = last;
            last = this.get();
            if (last !== before || (last && typeof last === 'object')) {
                watcher(before);
            }
        });
    }
}

/** What an expression gives: it can be read and followed, and not be set. */
class Computed {
    constructor(text, evaluate, sources) {
        this.text = text;
        this.get = evaluate;
        this.sources = sources;
    }

    set() {
        throw new Error(`${this.text} can't be set`);
    }

    watch(watcher) {
        let last = this.get();
        const stops = this.sources.map((source) =>
            source.watch(() => {
                const before = last;
                last = this.get();
                if (last !== before) {
                    watcher(before);
                }
            })
        );
        return () => stops.forEach((stop) => stop());
    }
}

/** What names mean in a component's markup: its attributes, and variables of iterations. */
export class Scope {
    constructor(component, variables = {}) {
        this.component = component;
        this.variables = variables;
    }

    with(variables) {
        return new Scope(this.component, { ...this.variables, ...variables });
    }

    look(path) {
        return this.refer(path).get();
    }

    refer(path) {
        const [first, ...names] = path.split('.');
        if (first in this.variables) {
            return names.length ? new Part(this.variables[first], names) : this.variables[first];
        }
        if (first === 'v' && names.length) {
            const whole = this.component.attribute(names[0]);
            return names.length > 1 ? new Part(whole, names.slice(1)) : whole;
        }
        return new Value(this.component.provide(path));
    }

    /** A value of the markup in this scope: plain text, an expression, or a mixture. */
    bind(value) {
        if (value === null || typeof value !== 'object') {
            return new Value(value);
        }
        const { parts } = value;
        if (parts.length > 1) {
            const values = parts.map((part) => (typeof part === 'string' ? new Value(part) : this.bindExpression(part)));
            return new Computed('a mixture', () => values.map((one) => one.get() ?? '').join(''), values);
        }
        return this.bindExpression(parts[0]);
    }

    bindExpression({ expression, bound }) {
        const { evaluate, paths, path } = parse(expression);
        if (!bound) {
            return new Value(evaluate(this));
        }
        const sources = paths.map((one) => this.refer(one));
        return path ? sources[0] : new Computed(expression, () => evaluate(this), sources);
    }
}

/** The name of an action, of a value like {!c.handleClick}. */
export function actionName(value) {
    const [, name] = /^c\.(\w+)$/.exec(value?.parts?.[0]?.expression ?? '') ?? [];
    return name;
}
