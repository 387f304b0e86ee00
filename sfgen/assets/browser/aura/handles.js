// What component.find() gives for elements, Lightning web components and modules.
export class ElementHandle {
    constructor(element, findValue) {
        Object.assign(this, { element, findValue, valid: true });
        const methods = Object.getPrototypeOf(element);
        for (const name of ['focus', 'blur', 'reportValidity', 'checkValidity', 'setCustomValidity']) {
            if (typeof methods[name] === 'function') {
                this[name] = (...values) => element[name](...values);
            }
        }
    }

    get(key) {
        const name = key.replace(/^v\./, '');
        const bound = this.findValue(name);
        return bound ? bound.get() : this.element[name];
    }

    set(key, value) {
        const name = key.replace(/^v\./, '');
        const bound = this.findValue(name);
        if (bound) {
            bound.set(value);
        } else {
            this.element[name] = value;
        }
    }

    getElement() {
        return this.valid ? this.element : null;
    }

    getElements() {
        return this.valid ? [this.element] : [];
    }

    getLocalId() {
        return this.localId;
    }

    isValid() {
        return this.valid;
    }
}

/** Every export by its name, and nothing else (forcedotcom/aura, InteropModule.js). */
export function makeModuleHandle(name, module) {
    const handle = {
        get() {
            throw new Error(`c:${name} is a module: it has no attributes`);
        },
        set() {
            throw new Error(`c:${name} is a module: it has no attributes`);
        },
        isValid: () => true
    };
    for (const key of Object.keys(module)) {
        Object.defineProperty(handle, key, { get: () => module[key] });
    }
    return handle;
}
