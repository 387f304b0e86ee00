// A Node module that the compiler imports and never uses when it is handed its source as text.
export default {};
export const createRequire = () => () => ({});
export const existsSync = () => false;
export const readFileSync = () => '';
export const statSync = () => undefined;
export const promises = {};
export const isatty = () => false;
export const inspect = Object.assign((value) => String(value), { custom: 'custom' });
export const deprecate = (call) => call;
export const types = {};
