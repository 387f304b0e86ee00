import apex.jorje.data.Identifier;
import apex.jorje.data.Location;
import apex.jorje.data.ast.Expr;
import apex.jorje.data.soql.FieldIdentifier;
import apex.jorje.data.soql.FromExpr;
import apex.jorje.data.soql.Query;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Column names in queries, which the compiler leaves to the database: here to the schema. */
final class Queries {
  /** Hears of a column that isn't there. */
  interface Listener {
    void report(Location place, String message);
  }

  /** What FIELDS() may hold. */
  private static final Set<String> GROUPS = Set.of("all", "custom", "standard");

  private final Schema schema;
  private final Listener listener;
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  Queries(Schema schema, Listener listener) {
    this.schema = schema;
    this.listener = listener;
  }

  /** Checks every query of a parsed file. */
  void check(Object unit) {
    Deque<Object> open = new ArrayDeque<>();
    open.push(unit);
    while (!open.isEmpty()) {
      Object node = open.pop();
      if (!seen.add(node)) continue;
      if (node instanceof Query) checkQuery((Query) node, null);
      else parts(node, open);
    }
  }

  private void checkQuery(Query query, Schema.Entity parent) {
    seen.add(query);
    FromExpr from = query.from.exprs.get(0);
    Schema.Entity entity =
        parent == null && query.from.exprs.size() == 1 && from.table.entity.isEmpty()
            ? schema.find(lower(from.table.field))
            : null;
    String alias = from.alias.map(Queries::lower).orElse(entity == null ? "" : lower(entity.name));
    Deque<Object> open = new ArrayDeque<>();
    parts(query, open);
    while (!open.isEmpty()) {
      Object node = open.pop();
      if (node == query.from || !seen.add(node)) continue;
      if (node instanceof Query) {
        // Below SELECT it reads children, whose relationship only an org knows.
        boolean semiJoin = isSemiJoin(query, node);
        checkQuery((Query) node, semiJoin ? null : entity);
      } else if (node instanceof FieldIdentifier) {
        if (entity != null && !isOutputAlias(query, (FieldIdentifier) node))
          checkColumn((FieldIdentifier) node, entity, alias);
      } else if (!(node instanceof Expr)) {
        parts(node, open);
      } else {
        check(node); // A bind may hold a query of its own.
      }
    }
  }

  private static boolean isSemiJoin(Query query, Object inner) {
    Deque<Object> open = new ArrayDeque<>();
    query.where.ifPresent(open::push);
    while (!open.isEmpty()) {
      Object node = open.pop();
      if (node == inner) return true;
      if (!(node instanceof Query)) parts(node, open);
    }
    return false;
  }

  /** Says whether a name of ORDER BY or HAVING is one that SELECT gives: those stay unchecked. */
  private static boolean isOutputAlias(Query query, FieldIdentifier name) {
    return query.groupBy.isPresent() && name.entity.isEmpty() && !contains(query.select, name);
  }

  private static boolean contains(Object tree, Object wanted) {
    Deque<Object> open = new ArrayDeque<>();
    open.push(tree);
    while (!open.isEmpty()) {
      Object node = open.pop();
      if (node == wanted) return true;
      parts(node, open);
    }
    return false;
  }

  private void checkColumn(FieldIdentifier name, Schema.Entity start, String alias) {
    Deque<Identifier> path = new ArrayDeque<>();
    Optional<FieldIdentifier> each = Optional.of(name);
    for (; each.isPresent(); each = each.get().entity) path.push(each.get().field);
    if (path.size() > 1 && lower(path.peek()).equals(alias)) path.pop();
    Schema.Entity entity = start;
    while (path.size() > 1) {
      Identifier step = path.pop();
      Schema.Column relation = entity.relation(step.getValue());
      if (relation == null) {
        if (!isForeign(step.getValue()))
          report(step, "Didn't understand relationship '" + step.getValue() + "' in field path");
        return;
      }
      entity = relation.target == null ? null : schema.find(relation.target);
      if (entity == null) return;
    }
    String column = lower(path.pop());
    if (!entity.columns.containsKey(column) && !isForeign(column) && !GROUPS.contains(column))
      report(
          name.field,
          "No such column '" + name.field.getValue() + "' on entity '" + entity.name + "'");
  }

  private void report(Identifier at, String message) {
    listener.report(at.getLoc(), message);
  }

  /** Says whether a name belongs to a namespace, and so to a package that isn't here. */
  private static boolean isForeign(String name) {
    return name.replaceAll("(?i)__(c|r|pc|pr)$", "").contains("__");
  }

  private static String lower(Identifier name) {
    return lower(name.getValue());
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** Puts the parts of a node of the syntax tree on {@code open}. */
  private static void parts(Object node, Deque<Object> open) {
    if (node instanceof Optional) {
      ((Optional<?>) node).ifPresent(open::push);
    } else if (node instanceof Collection) {
      for (Object each : (Collection<?>) node) if (each != null) open.push(each);
    } else if (node.getClass().getName().startsWith("apex.jorje.data.")) {
      for (Field each : node.getClass().getFields()) {
        if (Modifier.isStatic(each.getModifiers()) || each.getType().isPrimitive()) continue;
        try {
          Object part = each.get(node);
          if (part != null) open.push(part);
        } catch (IllegalAccessException hidden) {
          throw new IllegalStateException(hidden);
        }
      }
    }
  }
}
