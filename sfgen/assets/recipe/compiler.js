import { transformSync as transform } from '@babel/core';
import commonJs from '@babel/plugin-transform-modules-commonjs';
import { transformSync } from '@lwc/compiler';

// One call per file, text in and text out, so that nothing but strings crosses into Python.
globalThis.compileLwc = (source, filename, optionsJson) => {
    const { asFunction, ...options } = JSON.parse(optionsJson);
    try {
        const { code, warnings } = transformSync(source, filename, options);
        const compiled = asFunction ? writeFunction(code) : { code };
        return JSON.stringify({ ...compiled, warnings: (warnings ?? []).map(describe) });
    } catch (error) {
        return JSON.stringify({ error: describe(error) });
    }
};

// Lightning Web Security evaluates text, which can hold no import or export: a module becomes the
// body of a function of `require` and `exports`, and names what it imports.
function writeFunction(module) {
    const imports = [];
    const collect = () => ({
        visitor: {
            Program(path) {
                const named = path.node.body.map(({ source }) => source?.value).filter(Boolean);
                imports.push(...new Set(named));
            },
            CallExpression({ node }) {
                if (node.callee.type === 'Import') {
                    // Left as it is, it would load the module outside of the sandbox.
                    node.callee = { type: 'Identifier', name: '$import' };
                }
            }
        }
    });
    const { code } = transform(module, {
        babelrc: false,
        configFile: false,
        plugins: [collect, [commonJs, { noInterop: true }]],
        sourceType: 'module'
    });
    return { code, imports };
}

function describe(problem) {
    const { code, message, location } = problem;
    return { code: code ?? null, message: String(message), line: location?.line ?? null, column: location?.column ?? null };
}
