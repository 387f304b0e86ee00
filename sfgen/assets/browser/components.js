// Imports the project's components: as modules of the page, or inside Lightning Web Security.
import { state } from './server.js';

const sandbox = state.lws ? await import('./sandbox.js') : undefined;

/** A revision is a number of its own for each reading of a changed file. */
export function importFile(bundle, file, revision = 0) {
    if (sandbox) {
        return sandbox.importSandboxed(`${bundle}/${file}`, revision);
    }
    return import(`/module/c/${bundle}/${file}${revision ? `?revision=${revision}` : ''}`);
}

export function importComponent(space, name) {
    return space === 'c' ? importFile(name, `${name}.js`) : import(`${space}/${name}`);
}

/** Evaluates a function's text where the components run, and calls it. */
export async function evaluateBeside(source, ...values) {
    const found = sandbox ? await sandbox.evaluateInside(source) : (0, eval)(`(${source})`);
    return found(...values);
}
