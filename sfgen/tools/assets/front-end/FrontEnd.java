import apex.jorje.data.Location;
import apex.jorje.data.Locations;
import apex.jorje.semantic.common.TestAccessEvaluator;
import apex.jorje.semantic.ast.expression.SoqlExpression;
import apex.jorje.semantic.ast.expression.SoslExpression;
import apex.jorje.semantic.ast.visitor.ValidationScope;
import apex.jorje.semantic.compiler.ApexCompiler;
import apex.jorje.semantic.compiler.CodeUnit;
import apex.jorje.semantic.compiler.CompilationInput;
import apex.jorje.semantic.compiler.CompilerStage;
import apex.jorje.semantic.compiler.Namespaces;
import apex.jorje.semantic.compiler.SourceFile;
import apex.jorje.semantic.compiler.parser.ParserEngine;
import apex.jorje.semantic.compiler.sfdc.NoopCompilerProgressCallback;
import apex.jorje.semantic.compiler.sfdc.QueryValidator;
import apex.jorje.semantic.symbol.resolver.SymbolResolver;
import apex.jorje.semantic.symbol.type.SObjectTypeInfo;
import apex.jorje.semantic.symbol.type.TypeInfo;
import apex.jorje.services.Version;
import apex.jorje.services.exception.CompilationException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.logging.LogManager;

/**
 * Runs the front end of Salesforce's Apex compiler over the files that a request names.
 *
 * <p>The request is a file of lines with cells between tabs: {@code source path}, {@code object
 * name kind}, {@code field object name type relation target}, {@code label name}, {@code page
 * name}, {@code resource name}, {@code component name}. The answer has a line for each problem,
 * {@code problem path line column message}, and, so that silence is never taken for success,
 * {@code done} at its end.
 */
public final class FrontEnd {
  private final List<SourceFile> sources = new ArrayList<>();
  private final Set<String> own = new HashSet<>();
  private final TestAccessEvaluator access = new Access();
  private final PrintStream answer = new PrintStream(System.out, false, StandardCharsets.UTF_8);
  private final Platform platform;
  private final Schema schema;

  private FrontEnd() throws IOException {
    platform = new Platform(System.getProperty("java.class.path"));
    schema = new Schema(platform);
  }

  public static void main(String[] arguments) throws IOException {
    LogManager.getLogManager().reset();
    FrontEnd run = new FrontEnd();
    for (String line : Files.readAllLines(Path.of(arguments[0]))) run.take(line.split("\t", -1));
    run.compile();
    run.answer.println("done");
    run.answer.flush();
  }

  private void take(String[] cells) throws IOException {
    switch (cells[0]) {
      case "source":
        own.add(cells[1]);
        sources.add(
            SourceFile.builder()
                .setBody(Files.readString(Path.of(cells[1])))
                .setKnownName(cells[1])
                .setVersion(Version.CURRENT)
                .setNamespace(Namespaces.EMPTY)
                .build());
        break;
      case "object":
        schema.define(cells[1], cells[2]);
        break;
      case "field":
        Schema.Entity entity = schema.find(cells[1].toLowerCase(Locale.ROOT));
        if (entity != null)
          entity.add(new Schema.Column(cells[2], cells[3], given(cells[4]), given(cells[5])));
        break;
      case "resource":
        access.addValidStaticResourceName(cells[1]);
        break;
      case "component":
        access.addValidLightningWebComponentName(cells[1]);
        break;
      default:
        schema.name(cells[0], cells[1]);
    }
  }

  private static String given(String cell) {
    return cell.isEmpty() ? null : cell;
  }

  private void compile() {
    ApexCompiler compiler =
        ApexCompiler.builder()
            .setInput(
                new CompilationInput(
                    sources,
                    new Symbols(platform, schema),
                    access,
                    new Unquestioned(),
                    null,
                    NoopCompilerProgressCallback.get()))
            .setHiddenTokenBehavior(ParserEngine.HiddenTokenBehavior.IGNORE)
            .build();
    compiler.compile(CompilerStage.VALIDATE);
    for (CodeUnit unit : compiler.getCodeUnits()) {
      String path = unit.getSourceFile().getKnownName();
      if (!own.contains(path)) continue;
      for (CompilationException error : unit.getErrors().get())
        report(path, error.getLoc(), error.getError());
    }
    for (SourceFile source : sources) checkQueries(source);
  }

  private void checkQueries(SourceFile source) {
    Object unit =
        ParserEngine.get(ParserEngine.Type.NAMED)
            .parse(
                source,
                ParserEngine.HiddenTokenBehavior.IGNORE,
                access.getSoqlParserType())
            .getUnit();
    String path = source.getKnownName();
    if (unit != null) new Queries(schema, (at, what) -> report(path, at, what)).check(unit);
  }

  private void report(String path, Location at, String message) {
    boolean real = at != null && Locations.isReal(at);
    int line = real ? at.getLine() : 1;
    int column = real ? at.getColumn() : 1;
    String said = message.replaceAll("\\s+", " ");
    answer.println(String.join("\t", "problem", path, "" + line, "" + column, said));
  }

  /** Settings of the project are visible to its code. */
  private static final class Access extends TestAccessEvaluator {
    @Override
    public boolean isSetupEntityVisibleToType(SObjectTypeInfo setting, TypeInfo type) {
      return true;
    }
  }

  /** The compiler asks a database about queries; it hears yes; {@link Queries} looks instead. */
  private static final class Unquestioned implements QueryValidator {
    @Override
    public String validateSoql(
        SymbolResolver resolver, ValidationScope scope, SoqlExpression query) {
      return query.getCanonicalQuery();
    }

    @Override
    public String validateSosl(
        SymbolResolver resolver, ValidationScope scope, SoslExpression query) {
      return query.getCanonicalQuery();
    }
  }
}
