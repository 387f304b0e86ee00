// Counts constructs of Apex files by the maintained parser: the judge of ours.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [package_folder, ...files] = process.argv.slice(2);
const entry = pathToFileURL(`${package_folder}/dist/esm/index.js`);
const { ApexParserFactory } = await import(entry);
const kinds = {
    MethodDeclarationContext: "methods",
    InterfaceMethodDeclarationContext: "methods",
    ConstructorDeclarationContext: "constructors",
    PropertyDeclarationContext: "properties",
    IfStatementContext: "ifs",
    ForStatementContext: "fors",
    WhileStatementContext: "whiles",
    DoWhileStatementContext: "dos",
    TryStatementContext: "tries",
    CatchClauseContext: "catches",
    SwitchStatementContext: "switches",
    WhenControlContext: "whens",
    SoqlPrimaryContext: "queries",
    SoslPrimaryContext: "queries",
    InsertStatementContext: "dml",
    UpdateStatementContext: "dml",
    UpsertStatementContext: "dml",
    DeleteStatementContext: "dml",
    UndeleteStatementContext: "dml",
    MergeStatementContext: "dml",
    CastExpressionContext: "casts",
    CondExpressionContext: "ternaries",
    InstanceOfExpressionContext: "instanceofs",
    ClassDeclarationContext: "classes",
    InterfaceDeclarationContext: "interfaces",
    EnumDeclarationContext: "enums",
};
const answer = {};
for (const file of files) {
    const counts = {};
    const parser = ApexParserFactory.createParser(readFileSync(file, "utf8"));
    let errors = 0;
    parser.removeErrorListeners();
    parser.addErrorListener({ syntaxError: () => { errors += 1; }, reportAmbiguity() {},
        reportAttemptingFullContext() {}, reportContextSensitivity() {} });
    const root = file.endsWith(".trigger") ? parser.triggerUnit() : parser.compilationUnit();
    const walk = (node) => {
        const kind = kinds[node.constructor.name];
        if (kind) counts[kind] = (counts[kind] ?? 0) + 1;
        for (const child of node.children ?? []) walk(child);
    };
    walk(root);
    answer[file] = { errors, counts };
}
process.stdout.write(JSON.stringify(answer));
