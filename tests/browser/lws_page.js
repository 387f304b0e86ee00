// The system realm: Lightning Web Security, the engine, and the project's components in the sandbox.
window.callApex = async (name, parameters = {}) => {
    const response = await fetch(`/apex-call/${name}`, { method: 'POST', body: JSON.stringify(parameters) });
    const answer = await response.json();
    if (!response.ok) {
        throw { body: { message: answer } };
    }
    return answer;
};
window.states = [];
window.heard = [];
window.addEventListener('message', ({ data }) => window.heard.push(JSON.stringify(data)));

const sandbox = await import('@locker/sandbox');
const shared = await import('@locker/shared');
const { createElement, modules } = await import('/system.js');
const code = await (await fetch('/sandboxed.js')).text();
const widgets = {};
const define = (names, factory) => {
    const given = [...names].map((name) => (name === 'exports' ? widgets : sandbox.wrapDependency(modules[name], name, 'c')));
    factory(...given);
};
sandbox.evaluateFunction('c', `function (define) { ${code}\n }`, {}, '//# sourceURL=c/widgets.js')(define);
// Taken before any component adds a frame of its own.
window.form = { unminified: shared.LOCKER_UNMINIFIED_FLAG, frames: document.querySelectorAll('iframe').length };
widgets.channels.watch(({ state, reason }) => window.states.push(reason ? `${state}:${reason}` : state));
const query = new URLSearchParams(location.search);
for (const name of query.get('show').split(',')) {
    const element = createElement(`c-${name}`, { is: widgets[`pusher${name.replace(/(^|-)./g, (start) => start.at(-1).toUpperCase())}`] });
    if (name === 'chat') {
        element.recordId = query.get('recordId');
    }
    document.querySelector('main').append(element);
}
