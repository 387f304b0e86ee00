// @salesforce/apex: methods that can be called, and wire adapters of the cacheable ones.
import { post } from './server.js';

const cache = new Map();
const provisioned = new WeakMap();

function freeze(value) {
    if (value && typeof value === 'object') {
        Object.values(value).forEach(freeze);
        Object.freeze(value);
    }
    return value;
}

async function call(className, method, parameters) {
    try {
        const { result } = await post('/preview/apex', { className, method, parameters: parameters ?? {} });
        return result;
    } catch (error) {
        // The shape that Lightning Data Service gives to errors of Apex.
        const { message, exceptionType } = error.answer ?? { message: error.message };
        throw Object.freeze({
            body: Object.freeze({ message, exceptionType, isUserDefinedException: false }),
            errorType: 'fetchResponse',
            headers: Object.freeze({}),
            ok: false,
            status: 500,
            statusText: 'Server Error'
        });
    }
}

export function invoker(className, method, cacheable) {
    function read(parameters, fresh) {
        const key = `${className}.${method}(${JSON.stringify(parameters ?? {})})`;
        if (fresh || !cache.has(key)) {
            const answer = call(className, method, parameters).then(freeze);
            cache.set(key, answer);
            answer.catch(() => cache.delete(key));
        }
        return cache.get(key);
    }

    function invoke(parameters) {
        return cacheable ? read(parameters, false) : call(className, method, parameters);
    }

    invoke.adapter = class {
        constructor(dataCallback) {
            this.dataCallback = dataCallback;
        }

        connect() {
            this.connected = true;
            this.provision(false);
        }

        disconnect() {
            this.connected = false;
        }

        update(config) {
            this.config = config;
            if (this.connected) {
                this.provision(false);
            }
        }

        async provision(fresh) {
            const { config } = this;
            if (!config || Object.values(config).some((value) => value === undefined)) {
                return;
            }
            if (!cacheable) {
                this.emit({ data: undefined, error: new Error(`${className}.${method} is not cacheable`) });
                return;
            }
            try {
                const data = await read(config, fresh);
                if (config === this.config) {
                    this.emit({ data, error: undefined });
                }
            } catch (error) {
                this.emit({ data: undefined, error });
            }
        }

        emit(value) {
            provisioned.set(value, this);
            this.dataCallback(value);
        }
    };
    return invoke;
}

export async function refreshApex(value) {
    await provisioned.get(value)?.provision(true);
}

export function getSObjectValue(record, field) {
    const names = (field.fieldApiName ?? field).split('.');
    return names.reduce((value, name) => value?.[name], record);
}
