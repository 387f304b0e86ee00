// The system realm: starts the sandbox, checks which form it has, runs one scenario in it.
const settings = JSON.parse(document.getElementById('settings').textContent);

const post = (path, body) => fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

async function loadScript(component, address) {
    await new Promise((resolve, reject) => {
        const element = Object.assign(document.createElement('script'), { src: address });
        element.addEventListener('load', resolve);
        element.addEventListener('error', () => reject(new Error(`${address} did not load`)));
        document.head.append(element);
    });
}

const report = (form) => (results) => post('/report', { form, results: JSON.parse(JSON.stringify(results)) });

const env = {
    ...settings.env,
    authorize: async (socketId, channelName) => (await post('/authorize', { socketId, channelName })).json(),
    drop: () => post('/drop', {}),
    publish: (channel, event, data) => post('/publish', { channel, event, data })
};

async function run() {
    const source = await (await fetch(settings.scenario)).text();
    if (settings.form === 'none') {
        const form = { unminified: null, frames: 0 };
        (0, eval)(source)({ ...env, loadScript, report: report(form) });
        return;
    }
    const sandbox = await import('@locker/sandbox');
    const shared = await import('@locker/shared');
    const wrapped = sandbox.wrapDependency({ loadScript, loadStyle: () => Promise.resolve() }, 'lightning/platformResourceLoader', 'c');
    let start;
    sandbox.evaluateInSandbox('c', `$lockerEvalContext$(${source})`, (call) => {
        start = call;
    });
    const form = {
        unminified: shared.LOCKER_UNMINIFIED_FLAG ?? null,
        frames: document.querySelectorAll('iframe').length
    };
    start({ ...env, loadScript: wrapped.loadScript, report: report(form) });
}

run().catch((error) => report({ unminified: null, frames: -1 })([{ name: 'sandbox', ok: false, detail: String(error.message ?? error) }]));
