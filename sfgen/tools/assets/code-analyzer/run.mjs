// Runs Salesforce Code Analyzer's engines over folders and prints findings as JSON lines.
//   node run.mjs MODULES SELECTORS FOLDER...
// A file that an engine can't process yields no violation, only a log event: it is printed too.
import { createRequire } from 'node:module';
import path from 'node:path';

const [modules, selectors, ...folders] = process.argv.slice(2);
const require = createRequire(path.join(modules, 'anchor.js'));
const { CodeAnalyzer, CodeAnalyzerConfig, EventType, LogLevel } = require(
    '@salesforce/code-analyzer-core'
);
const ENGINES = ['pmd-engine', 'regex-engine', 'retirejs-engine'];

const print = (row) => process.stdout.write(`${JSON.stringify(row)}\n`);
const analyzer = new CodeAnalyzer(CodeAnalyzerConfig.withDefaults());
for (const kind of [EventType.LogEvent, EventType.EngineLogEvent]) {
    analyzer.onEvent(kind, (event) => {
        if (event.logLevel <= LogLevel.Error || /processing error/i.test(event.message)) {
            print({ failure: event.message, engine: event.engineName ?? 'core' });
        }
    });
}
for (const engine of ENGINES) {
    await analyzer.addEnginePlugin(
        require(`@salesforce/code-analyzer-${engine}`).createEnginePlugin()
    );
}
const workspace = await analyzer.createWorkspace(folders);
const rules = await analyzer.selectRules(selectors.split(','), { workspace });
const results = await analyzer.run(rules, { workspace });
for (const violation of results.getViolations()) {
    const place = violation.getPrimaryLocation();
    const rule = violation.getRule();
    print({
        file: place.getFile(),
        line: place.getStartLine() ?? 1,
        column: place.getStartColumn() ?? 1,
        rule: `${rule.getEngineName()}/${rule.getName()}`,
        severity: rule.getSeverityLevel(),
        message: violation.getMessage()
    });
}
print({ rules: rules.getCount() });
