// Runs Salesforce Code Analyzer's engines over projects and prints findings as JSON.
//   node code_analyzer.mjs SELECTORS PROJECT...
// A file that an engine could not process yields no violation, only a log event: those are
// findings here too.
import { createRequire } from 'node:module';
import path from 'node:path';

const require = createRequire(import.meta.url);
const { CodeAnalyzer, CodeAnalyzerConfig, EventType, LogLevel } = require(
    '@salesforce/code-analyzer-core'
);
const ENGINES = {
    pmd: '@salesforce/code-analyzer-pmd-engine',
    eslint: '@salesforce/code-analyzer-eslint-engine',
    'retire-js': '@salesforce/code-analyzer-retirejs-engine',
    regex: '@salesforce/code-analyzer-regex-engine'
};

const [selectors, ...projects] = process.argv.slice(2);
const findings = [];

for (const project of projects) {
    const analyzer = new CodeAnalyzer(CodeAnalyzerConfig.withDefaults());
    analyzer.onEvent(EventType.EngineLogEvent, (event) => {
        if (event.logLevel <= LogLevel.Warn) {
            findings.push({ project, rule: `${event.engineName}:log`, message: event.message });
        }
    });
    for (const engine of Object.values(ENGINES)) {
        await analyzer.addEnginePlugin(require(engine).createEnginePlugin());
    }
    const workspace = await analyzer.createWorkspace([path.resolve(project)]);
    const rules = await analyzer.selectRules(selectors.split(','), { workspace });
    const results = await analyzer.run(rules, { workspace });
    for (const violation of results.getViolations()) {
        const place = violation.getPrimaryLocation();
        findings.push({
            project,
            rule: `${violation.getRule().getEngineName()}:${violation.getRule().getName()}`,
            severity: violation.getRule().getSeverityLevel(),
            file: path.relative(path.resolve(project), place.getFile() ?? ''),
            line: place.getStartLine(),
            message: violation.getMessage()
        });
    }
    findings.push({ project, rules: rules.getCount() });
}
process.stdout.write(JSON.stringify(findings, null, 1));
