// Elements of HTML, and Lightning web components inside Aura components.
import { createElement } from 'lwc';
import { run } from './cycle.js';
import { makeInteropEvent } from './events.js';
import { isTrue } from './expressions.js';
import { ElementHandle } from './handles.js';
import { drawAll } from './rendering.js';
import { actionName } from './values.js';

// The framework sets properties, except for these (forcedotcom/aura, HtmlComponent.js).
const ATTRIBUTE = /^(role|type|href|style|(aria|data)-.*)$/;
const BOOLEANS = ['checked', 'disabled', 'hidden', 'multiple', 'readonly', 'required', 'selected'];
const CASINGS = {
    accesskey: 'accessKey',
    class: 'className',
    colspan: 'colSpan',
    for: 'htmlFor',
    frameborder: 'frameBorder',
    maxlength: 'maxLength',
    readonly: 'readOnly',
    rowspan: 'rowSpan',
    tabindex: 'tabIndex'
};
const kebab = (name) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const isEvent = (name) => /^on[a-z]/.test(name);

function listen(element, name, value, scope, makeEvent = (event) => event) {
    const action = actionName(value);
    if (!action) {
        throw new Error(`${name} is no action of the controller`);
    }
    element.addEventListener(name.slice(2).toLowerCase(), (event) => run(() => scope.component.act(action, makeEvent(event))));
}

function setAttribute(element, name, value) {
    if (BOOLEANS.includes(name)) {
        element[CASINGS[name] ?? name] = isTrue(value);
    } else if (ATTRIBUTE.test(name)) {
        if (value !== undefined && value !== null) {
            element.setAttribute(name, value);
        }
    } else if (value !== undefined) {
        element[CASINGS[name] ?? name] = value ?? '';
    }
}

/** The class of the component's style sheet stays. */
function setClass(element, value) {
    const own = [...element.classList].filter((one) => /^c[A-Z]/.test(one));
    element.className = [value ?? '', ...own].join(' ').trim();
}

export function register(node, scope, handle) {
    const id = node.values['aura:id'];
    if (!id) {
        return () => {};
    }
    const { index } = scope.component;
    handle.localId = id;
    index.set(id, [...(index.get(id) ?? []), handle]);
    return () => {
        const rest = index.get(id).filter((one) => one !== handle);
        if (rest.length) {
            index.set(id, rest);
        } else {
            index.delete(id);
        }
    };
}

export class Html {
    constructor(node, scope) {
        this.element = document.createElement(node.name);
        this.values = [];
        for (const [name, value] of Object.entries(node.values)) {
            if (isEvent(name)) {
                listen(this.element, name, value, scope);
            } else if (name !== 'aura:id') {
                this.values.push([name.toLowerCase(), scope.bind(value)]);
            }
        }
        this.blocks = drawAll(node.content, scope);
        this.element.append(...this.blocks.flatMap((block) => block.nodes()));
        this.handle = new ElementHandle(this.element, (name) => this.values.find(([known]) => known === name)?.[1]);
        this.forget = register(node, scope, this.handle);
        this.update();
    }

    nodes() {
        return [this.element];
    }

    update() {
        this.last ??= new Map();
        for (const [name, value] of this.values) {
            const now = value.get();
            // What the user has typed is compared too, as the framework does.
            if (!this.last.has(name) || this.last.get(name) !== now || (name === 'value' && this.element.value !== now)) {
                this.last.set(name, now);
                this.set(name, now);
            }
        }
        return this.blocks.map((block) => block.update()).some(Boolean);
    }

    set(name, value) {
        if (name === 'class') {
            setClass(this.element, value);
        } else {
            setAttribute(this.element, name, value);
        }
    }

    destroy() {
        this.forget();
        this.handle.valid = false;
        this.blocks.forEach((block) => block.destroy());
    }
}

/** A Lightning web component, or a standard one that is one. */
export class Lwc {
    constructor(node, scope, { default: is }) {
        this.element = createElement(`${node.space}-${kebab(node.name)}`, { is });
        this.values = new Map();
        this.last = new Map();
        this.handle = new ElementHandle(this.element, (name) => this.values.get(name));
        // Before the component's own handlers, which read what has changed.
        this.element.addEventListener('change', ({ target, detail }) => target === this.element && this.takeBack(detail));
        for (const [name, value] of Object.entries(node.values)) {
            this.take(name, value, scope);
        }
        if (node.content.length) {
            throw new Error(`content of <${node.space}:${node.name}> is not emulated`);
        }
        this.forget = register(node, scope, this.handle);
        this.update();
    }

    take(name, value, scope) {
        if (name in this.element && !isEvent(name)) {
            this.values.set(name, scope.bind(value));
        } else if (isEvent(name)) {
            listen(this.element, name, value, scope, (event) => makeInteropEvent(event, this.handle));
        } else if (['class', 'style'].includes(name) || ATTRIBUTE.test(name)) {
            this.values.set(name, scope.bind(value));
        } else if (name !== 'aura:id') {
            throw new Error(`<${this.element.localName}> has no attribute ${name}`);
        }
    }

    /** What the user has changed in a standard component goes back to where its value came from. */
    takeBack(detail) {
        run(() =>
            Object.entries(Object(detail)).forEach(([name, value]) => {
                const bound = this.values.get(name);
                if (bound && bound.get() !== value) {
                    this.last.set(name, value);
                    bound.set(value);
                }
            })
        );
    }

    nodes() {
        return [this.element];
    }

    update() {
        for (const [name, value] of this.values) {
            const now = value.get();
            if (!this.last.has(name) || this.last.get(name) !== now) {
                this.last.set(name, now);
                this.set(name, now);
            }
        }
        return false;
    }

    set(name, value) {
        if (name === 'class') {
            setClass(this.element, value);
        } else if (name in this.element && name !== 'style') {
            if (value !== undefined) {
                this.element[name] = value;
            }
        } else {
            setAttribute(this.element, name, value);
        }
    }

    destroy() {
        this.forget();
        this.handle.valid = false;
    }
}
