// The framework's rendering cycle. As in the org, a value that is set outside of it, in a callback
// without $A.getCallback, is not drawn before the next one.
const roots = new Set();
const LIMIT = 50;
let depth = 0;
let dirty = false;

export function changed() {
    dirty = true;
}

export function addRoot(root) {
    roots.add(root);
    return () => roots.delete(root);
}

function draw() {
    for (let turn = 0; dirty; turn += 1) {
        if (turn === LIMIT) {
            dirty = false;
            throw new Error('the components never stop to change values while they are drawn');
        }
        dirty = false;
        roots.forEach((root) => root.update());
    }
}

function report(error) {
    console.error(error);
    document.dispatchEvent(new CustomEvent('preview-aura-error', { detail: error }));
}

/** Does something inside a cycle; the last one that ends draws what has changed. */
export function run(act) {
    depth += 1;
    try {
        return act();
    } catch (error) {
        report(error);
        return undefined;
    } finally {
        depth -= 1;
        if (!depth) {
            depth += 1;
            try {
                draw();
            } catch (error) {
                report(error);
            } finally {
                depth -= 1;
            }
        }
    }
}
