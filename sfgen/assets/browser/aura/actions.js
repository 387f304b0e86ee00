// Actions: those of the controller's script, and Apex methods.
import { post } from '../server.js';
import { run } from './cycle.js';

class ServerAction {
    constructor(className, method) {
        Object.assign(this, { className, method, params: {}, state: 'NEW', callbacks: [] });
    }

    getName() {
        return this.method;
    }

    setParams(params) {
        this.params = params;
    }

    setParam(name, value) {
        this.params[name] = value;
    }

    getParams() {
        return this.params;
    }

    setCallback(scope, act, state = 'ALL') {
        this.callbacks.push({ scope, act, state });
    }

    setStorable() {}

    setBackground() {}

    setAbortable() {}

    getState() {
        return this.state;
    }

    getReturnValue() {
        return this.value;
    }

    getError() {
        return this.errors ?? [];
    }

    async send() {
        const { className, method, params: parameters } = this;
        try {
            const { result } = await post('/preview/apex', { className, method, parameters });
            Object.assign(this, { state: 'SUCCESS', value: result });
        } catch (error) {
            const { message, exceptionType } = error.answer ?? {};
            this.state = error.answer ? 'ERROR' : 'INCOMPLETE';
            this.errors = error.answer ? [{ message, exceptionType }] : [];
        }
        run(() =>
            this.callbacks
                .filter(({ state }) => state === 'ALL' || state === this.state)
                .forEach(({ scope, act }) => act.call(scope, this))
        );
    }
}

class ClientAction {
    constructor(component, name) {
        Object.assign(this, { component, name });
    }

    getName() {
        return this.name;
    }

    send() {
        this.component.act(this.name, undefined);
    }
}

export function makeAction(component, name) {
    const { controller, scripts } = component.definition;
    if (scripts.controller?.[name]) {
        return new ClientAction(component, name);
    }
    if (!controller) {
        throw new Error(`c:${component.definition.name} has no action ${name}`);
    }
    return new ServerAction(controller.split('.').at(-1), name);
}
