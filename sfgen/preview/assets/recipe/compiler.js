import { transformSync } from '@lwc/compiler';

// One call per file, text in and text out, so that nothing but strings crosses into Python.
globalThis.compileLwc = (source, filename, optionsJson) => {
    try {
        const { code, warnings } = transformSync(source, filename, JSON.parse(optionsJson));
        return JSON.stringify({ code, warnings: (warnings ?? []).map(describe) });
    } catch (error) {
        return JSON.stringify({ error: describe(error) });
    }
};

function describe(problem) {
    const { code, message, location } = problem;
    return { code: code ?? null, message: String(message), line: location?.line ?? null, column: location?.column ?? null };
}
