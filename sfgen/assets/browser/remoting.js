// Visualforce.remoting as a page knows it: proxies, batching, encoding, timeouts, wrong arity.
(() => {
    'use strict';
    const BATCH_MILLISECONDS = 10;
    const DEFAULT_TIMEOUT = 30000;
    const LONGEST_TIMEOUT = 120000;
    const actions = new Map();
    let transaction = 1;
    let waiting = [];

    function encode(value) {
        if (typeof value === 'string') {
            const text = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
            return value.replace(/[&<>"']/g, (letter) => text[letter]);
        }
        if (Array.isArray(value)) {
            return value.map(encode);
        }
        if (value && typeof value === 'object') {
            return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, encode(member)]));
        }
        return value;
    }

    function finish(call, answer) {
        if (call.done) {
            return;
        }
        call.done = true;
        clearTimeout(call.timer);
        const status = answer.type === 'rpc' && answer.statusCode === 200;
        const result = status && call.options.escape !== false ? encode(answer.result) : answer.result;
        call.callback.call(call.options.scope ?? window, result ?? null, {
            action: call.body.action,
            method: call.body.method,
            message: answer.message ?? null,
            ref: false,
            result,
            status,
            statusCode: answer.statusCode,
            tid: call.body.tid,
            type: answer.type,
            vf: true,
            where: answer.where ?? ''
        });
    }

    async function send(calls) {
        const byNumber = new Map(calls.map((call) => [call.body.tid, call]));
        const body = calls.length === 1 ? calls[0].body : calls.map((call) => call.body);
        try {
            const response = await fetch('/apexremote', {
                method: 'POST',
                headers: {
                    'Content-Type': 'application/json',
                    'X-Requested-With': 'XMLHttpRequest',
                    'X-User-Agent': 'Visualforce-Remoting'
                },
                body: JSON.stringify(body)
            });
            if (!response.ok) {
                throw new Error(`status ${response.status}`);
            }
            for (const answer of await response.json()) {
                finish(byNumber.get(answer.tid), answer);
            }
        } catch (error) {
            for (const call of calls) {
                finish(call, {
                    type: 'exception',
                    statusCode: 400,
                    message: `Unable to connect to the server (communication failure): ${error.message}`
                });
            }
        }
    }

    function flush() {
        const calls = waiting;
        waiting = [];
        if (calls.length) {
            send(calls);
        }
    }

    function invoke(name, ...values) {
        const action = actions.get(name);
        if (!action) {
            throw new Error(`Unable to find action '${name}'`);
        }
        const callback = values.findIndex((value) => typeof value === 'function');
        const data = callback < 0 ? values : values.slice(0, callback);
        const options = (callback < 0 ? undefined : values[callback + 1]) ?? {};
        if (data.length !== action.method.len) {
            console.error(
                `Visualforce Remoting: Parameter length does not match remote action parameters: ` +
                    `expected ${action.method.len} parameters, but received ${data.length}`
            );
            return;
        }
        const { ns, ver, csrf, authorization } = action.method;
        transaction += 1;
        const call = {
            body: {
                action: action.controller,
                method: action.method.name,
                data: data.length ? data : null,
                type: 'rpc',
                tid: transaction,
                ctx: { csrf, vid: action.vid, ns, ver, authorization }
            },
            callback: callback < 0 ? () => undefined : values[callback],
            options
        };
        const limit = Math.min(options.timeout ?? Visualforce.remoting.timeout ?? DEFAULT_TIMEOUT, LONGEST_TIMEOUT);
        call.timer = setTimeout(
            () => finish(call, { type: 'exception', statusCode: 402, message: 'Remoting request timed out' }),
            limit
        );
        if (options.buffer === false) {
            send([call]);
            return;
        }
        if (!waiting.length) {
            setTimeout(flush, BATCH_MILLISECONDS);
        }
        waiting.push(call);
    }

    function add(provider) {
        for (const [controller, { ms, prm }] of Object.entries(provider.actions)) {
            if (prm && !provider.vf.ovrprm) {
                console.error(
                    `Visualforce Remoting: Javascript proxies were not generated for controller ${controller}: ` +
                        'may not use public remoted methods inside an iframe.'
                );
                continue;
            }
            window[controller] = window[controller] ?? {};
            for (const method of ms) {
                const name = `${controller}.${method.name}`;
                actions.set(name, { controller, method, vid: provider.vf.vid });
                window[controller][method.name] = (...values) => invoke(name, ...values);
            }
        }
    }

    window.$VFRM = { RemotingProviderImpl: class { constructor(options) { Object.assign(this, options); } } };
    window.Visualforce = window.Visualforce ?? {};
    window.Visualforce.remoting = {
        timeout: DEFAULT_TIMEOUT,
        Manager: { add, invokeAction: invoke, getController: (name) => window[name] }
    };
})();
