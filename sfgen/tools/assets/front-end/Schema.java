import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The org's objects: the standard ones from apex-ls's stubs, the project's from the request. */
final class Schema {
  /** One column; {@code relation} leads to {@code target}, which may be any object (null). */
  static final class Column {
    final String name;
    final String type;
    final String relation;
    final String target;

    Column(String name, String type, String relation, String target) {
      this.name = name;
      this.type = type;
      this.relation = relation;
      this.target = target;
    }
  }

  /** One object with its columns by their names in lower case. */
  static final class Entity {
    final String name;
    final String kind;
    final Map<String, Column> columns = new LinkedHashMap<>();

    Entity(String name, String kind) {
      this.name = name;
      this.kind = kind;
    }

    void add(Column column) {
      columns.put(column.name.toLowerCase(Locale.ROOT), column);
    }

    Column relation(String name) {
      for (Column each : columns.values()) if (name.equalsIgnoreCase(each.relation)) return each;
      return null;
    }
  }

  private final Platform platform;
  private final Map<String, Entity> entities = new HashMap<>();
  private final Set<String> names = new HashSet<>();

  Schema(Platform platform) {
    this.platform = platform;
  }

  void name(String kind, String name) {
    names.add(kind + ":" + name.toLowerCase(Locale.ROOT));
  }

  boolean has(String kind, String name) {
    return names.contains(kind + ":" + name.toLowerCase(Locale.ROOT));
  }

  void define(String name, String kind) {
    entities.put(name.toLowerCase(Locale.ROOT), new Entity(name, kind));
  }

  /** Finds an object by its name in lower case; nothing when nobody has it. */
  Entity find(String key) {
    if (!entities.containsKey(key)) {
      Class<?> stub = platform.find("SObjects", key);
      if (stub == null) stub = platform.find("SObjectStubs", key);
      entities.put(key, stub == null ? null : read(stub));
    }
    return entities.get(key);
  }

  private static Entity read(Class<?> stub) {
    Entity entity = new Entity(stub.getSimpleName(), "standard");
    Map<String, String> relations = new HashMap<>();
    for (Field each : stub.getFields())
      if (each.getType().getName().contains(".SObject"))
        relations.put(each.getName(), each.getType().getSimpleName());
    for (Field each : stub.getFields()) {
      if (Modifier.isStatic(each.getModifiers()) || relations.containsKey(each.getName())) continue;
      String name = each.getName();
      String type = each.getType().getSimpleName().toLowerCase(Locale.ROOT);
      String relation = name.endsWith("Id") ? name.substring(0, name.length() - 2) : "";
      entity.add(
          relations.containsKey(relation)
              ? new Column(name, type, relation, target(relations.get(relation)))
              : new Column(name, type, null, null));
    }
    entity.columns.putIfAbsent("id", new Column("Id", "id", null, null));
    return entity;
  }

  private static String target(String type) {
    return type.equals("SObject") || type.equals("Name") ? null : type.toLowerCase(Locale.ROOT);
  }
}
