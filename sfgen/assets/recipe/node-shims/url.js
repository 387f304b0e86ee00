export const URL = globalThis.URL;
export const fileURLToPath = (address) => String(address);
export const pathToFileURL = (path) => ({ href: String(path) });
export default { URL, fileURLToPath, pathToFileURL };
