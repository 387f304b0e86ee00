// Formats many texts in one process with a project's own Prettier settings.
// Input: a JSON file of {folder, texts: [{path, text}]}; output on stdout: a JSON list, each the
// formatted text, or null where nothing changes.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const prettier = require('prettier');
const { folder, texts } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { plugins } = JSON.parse(readFileSync(join(folder, '.prettierrc'), 'utf8'));
const loaded = plugins.map((name) => require.resolve(name));
const formatted = [];
for (const { path, text } of texts) {
    const filepath = join(folder, path);
    const options = await prettier.resolveConfig(filepath);
    const found = await prettier.format(text, { ...options, plugins: loaded, filepath });
    formatted.push(found === text ? null : found);
}
process.stdout.write(JSON.stringify(formatted));
