// CommonJS, as Babel requires it: the module itself is the function.
function assert(value, message) {
    if (!value) {
        throw new Error(message ?? 'assertion failed');
    }
}
assert.ok = assert;
module.exports = assert;
