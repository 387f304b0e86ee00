// Blocks of markup: each makes its nodes once, and brings them up to date after a change.
import { Component } from './component.js';
import { findDefinition, findModule, findProblem } from './definitions.js';
import { Html, Lwc, register } from './elements.js';
import { Facet, If, Iteration } from './groups.js';
import { makeModuleHandle } from './handles.js';
import { drawIcon, drawStandard, isStandard } from './standard.js';

export function makeFailure(message) {
    const element = document.createElement('div');
    element.className = 'preview-card preview-failure';
    element.setAttribute('role', 'alert');
    element.append(Object.assign(document.createElement('pre'), { textContent: message }));
    return element;
}

class Failure {
    constructor(message) {
        this.element = makeFailure(message);
    }

    nodes() {
        return [this.element];
    }

    update() {
        return false;
    }

    destroy() {}
}

class Text {
    constructor(value, scope) {
        this.value = scope.bind(value);
        this.node = document.createTextNode('');
        this.update();
    }

    nodes() {
        return [this.node];
    }

    update() {
        const text = String(this.value.get() ?? '');
        const isOther = text !== this.node.data;
        if (isOther) {
            this.node.data = text;
        }
        return isOther;
    }

    destroy() {}
}

/** What has no markup: a module or a service, found by its aura:id for its functions. */
class Invisible {
    constructor(node, scope, handle) {
        this.forget = register(node, scope, handle);
    }

    nodes() {
        return [];
    }

    update() {
        return false;
    }

    destroy() {
        this.forget();
    }
}

/** An Aura component inside another. */
class Nested {
    constructor(node, scope) {
        this.component = new Component(findDefinition(node.name), node.values, scope.component, scope);
        this.component.attributes.get('body').value = drawAll(node.content, scope);
        this.forget = register(node, scope, this.component);
        this.component.localId = node.values['aura:id'];
    }

    nodes() {
        return this.component.blocks.flatMap((block) => block.nodes());
    }

    update() {
        return this.component.update();
    }

    destroy() {
        this.component.destroy();
        this.forget();
    }
}

const isBody = ({ text }) => text?.parts?.length === 1 && text.parts[0].expression === 'v.body';

function drawComponent(node, scope) {
    const { space, name } = node;
    if (space === 'aura-component') {
        return new Nested(node, scope);
    }
    if (space === 'lightning' && isStandard(name)) {
        return drawStandard(node, scope, { Html, Invisible });
    }
    const module = findModule(space, name);
    return module.default ? new Lwc(node, scope, module) : new Invisible(node, scope, makeModuleHandle(name, module));
}

function draw(node, scope) {
    if (node.text !== undefined) {
        return isBody(node) ? new Facet(scope) : new Text(node.text, scope);
    }
    if (node.icon) {
        return drawIcon(node, scope);
    }
    const problem = findProblem(node);
    if (problem) {
        return new Failure(problem);
    }
    if (node.space === 'aura') {
        const { name, values } = node;
        if (name === 'if' || name === 'renderIf') {
            return new If(node, scope);
        }
        return name === 'iteration' ? new Iteration(node, scope) : new Text(values.value, scope);
    }
    return node.space ? drawComponent(node, scope) : new Html(node, scope);
}

/** What can't be drawn is named in its place, and the rest stands. */
function drawSafely(node, scope) {
    try {
        return draw(node, scope);
    } catch (error) {
        console.error(error);
        const { file } = scope.component.definition;
        return new Failure(`${file}${node.line ? `:${node.line}` : ''}: ${error.message}`);
    }
}

export function drawAll(nodes, scope) {
    return nodes.map((node) => drawSafely(node, scope));
}
