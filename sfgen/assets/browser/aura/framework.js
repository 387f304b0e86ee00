// $A: the part of the framework's JavaScript API that the emulator knows.
import { navigate } from '../navigation.js';
import { showToast } from '../toasts.js';
import { Component } from './component.js';
import { run } from './cycle.js';
import { loadDefinition } from './definitions.js';
import { makeApplicationEvent } from './events.js';

const STANDARD_EVENTS = {
    'force:navigateToSObject': ({ params }) =>
        navigate({ type: 'standard__recordPage', attributes: { recordId: params.recordId, actionName: 'view' } }),
    'force:navigateToURL': ({ params }) => navigate({ type: 'standard__webPage', attributes: { url: params.url } }),
    'force:showToast': ({ params }) => showToast({ ...params, variant: params.type })
};
const isUndefinedOrNull = (value) => value === undefined || value === null;
const element = (one) => one.getElement?.() ?? one;

const util = {
    addClass: (one, name) => element(one).classList.add(...name.split(' ')),
    hasClass: (one, name) => element(one).classList.contains(name),
    isArray: Array.isArray,
    isEmpty: (value) => isUndefinedOrNull(value) || value === '' || (typeof value === 'object' && !Object.keys(value).length),
    isObject: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    isUndefined: (value) => value === undefined,
    isUndefinedOrNull,
    removeClass: (one, name) => element(one).classList.remove(...name.split(' ')),
    toggleClass: (one, name) => element(one).classList.toggle(name)
};

function findGlobal(labels, key) {
    const [provider, space, name] = key.split('.');
    if (provider === '$Label' && name in labels) {
        return labels[name];
    }
    if (provider === '$Browser' && space === 'formFactor') {
        return 'DESKTOP';
    }
    if (key.startsWith('e.')) {
        const type = key.slice(2);
        const deliver = STANDARD_EVENTS[type];
        if (deliver || type.startsWith('c:')) {
            return makeApplicationEvent(type, deliver);
        }
    }
    throw new Error(`$A.get('${key}') is not emulated`);
}

async function createComponent(type, values, callback) {
    try {
        const definition = await loadDefinition(type.replace(/^c:/, ''));
        run(() => callback(new Component(definition, values), 'SUCCESS', ''));
    } catch (error) {
        run(() => callback(null, 'ERROR', error.message));
    }
}

export function makeFramework(labels) {
    const known = {
        createComponent,
        enqueueAction: (action) => action.send(),
        get: (key) => findGlobal(labels, key),
        getCallback:
            (act) =>
            (...values) =>
                run(() => act(...values)),
        log: (...values) => console.log(...values),
        reportError: (message, error) => console.error(message, error),
        run,
        util: Object.freeze(util),
        warning: (message) => console.warn(message)
    };
    return new Proxy(Object.freeze(known), {
        get(target, name) {
            if (name in target || typeof name === 'symbol') {
                return target[name];
            }
            throw new Error(`$A.${name} is not emulated`);
        }
    });
}
