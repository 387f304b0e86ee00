import apex.jorje.semantic.compiler.Namespaces;
import apex.jorje.semantic.compiler.SourceFile;
import apex.jorje.services.Version;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/** The platform's types, written as Apex declarations from the Java stubs that apex-ls brings. */
final class Platform {
  private static final Pattern BARE =
      Pattern.compile(
          "System\\.(String|Integer|Long|Double|Decimal|Boolean|Blob|Date|Datetime|Time|Id|SObject"
              + "|Exception|List|Set|Map)");
  private static final Pattern GENERIC =
      Pattern.compile("List|Set|Map|System\\.(Iterable|Iterator|Comparator)|Database\\.Batchable");
  private static final String ROOT = "com.nawforce.runforce.";
  private final Map<String, String> classes = new HashMap<>();

  Platform(String classPath) throws IOException {
    for (String path : classPath.split(java.io.File.pathSeparator)) {
      if (!path.matches(".*(standard|sobject)-types[^/\\\\]*\\.jar")) continue;
      try (JarFile jar = new JarFile(path)) {
        jar.stream()
            .map(entry -> entry.getName())
            .filter(name -> name.startsWith("com/nawforce/runforce/") && name.endsWith(".class"))
            .map(name -> name.substring(0, name.length() - 6).replace('/', '.'))
            .forEach(name -> classes.put(key(name.substring(ROOT.length())), name));
      }
    }
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Finds the stub of {@code namespace.Name}, in any case; nothing when the platform has none. */
  Class<?> find(String namespace, String name) {
    String found = classes.get(key(namespace + "." + name));
    try {
      return found == null ? null : Class.forName(found, false, Platform.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError missing) {
      return null;
    }
  }

  /** Writes a stub as an Apex file. */
  SourceFile declare(Class<?> type) {
    String namespace = type.getPackageName().substring(ROOT.length());
    return SourceFile.builder()
        .setBody(write(type, type.getSimpleName()))
        .setKnownName(type.getName())
        .setVersion(Version.CURRENT)
        .setNamespace(Namespaces.create(namespace))
        .setTrusted(true)
        .build();
  }

  private String write(Class<?> type, String name) {
    StringBuilder text = new StringBuilder();
    if (type.isEnum()) {
      StringJoiner values = new StringJoiner(", ");
      for (Field field : type.getDeclaredFields())
        if (field.isEnumConstant()) values.add(field.getName());
      return "global enum " + name + " {" + values + "}";
    }
    boolean contract = type.isInterface();
    text.append(contract ? "global interface " : "global virtual class ").append(name);
    Class<?> parent = type.getSuperclass();
    if (parent != null && parent.getName().startsWith(ROOT))
      text.append(" extends ").append(spell(parent));
    StringJoiner contracts = new StringJoiner(", ", contract ? " extends " : " implements ", "");
    contracts.setEmptyValue("");
    for (Type each : type.getGenericInterfaces()) contracts.add(spell(each));
    text.append(contracts).append(" {");
    if (!contract)
      for (Constructor<?> each : type.getDeclaredConstructors())
        if (Modifier.isPublic(each.getModifiers()))
          text.append("global ")
              .append(name)
              .append(list(each.getGenericParameterTypes()))
              .append("{}");
    for (Method each : type.getDeclaredMethods())
      if (Modifier.isPublic(each.getModifiers()) && !each.isSynthetic())
        write(text, each, contract);
    for (Field each : type.getDeclaredFields())
      if (Modifier.isPublic(each.getModifiers()))
        text.append("global ")
            .append(Modifier.isStatic(each.getModifiers()) ? "static " : "")
            .append(spell(each.getGenericType())).append(' ').append(each.getName()).append(";");
    for (Class<?> each : type.getDeclaredClasses()) text.append(write(each, each.getSimpleName()));
    return text.append("}").toString();
  }

  private static void write(StringBuilder text, Method method, boolean contract) {
    if (!contract)
      text.append(Modifier.isStatic(method.getModifiers()) ? "global static " : "global virtual ");
    // What Java's Object has already stands there with a dollar at its end.
    String name = method.getName().replace("$", "");
    text.append(spell(method.getGenericReturnType())).append(' ').append(name);
    text.append(list(method.getGenericParameterTypes())).append(contract ? ";" : "{}");
  }

  private static String list(Type[] types) {
    StringJoiner written = new StringJoiner(", ", "(", ")");
    for (int i = 0; i < types.length; i++) written.add(spell(types[i]) + " p" + i);
    return written.toString();
  }

  /** Spells a Java type as Apex does; what Apex can't say is Object. */
  static String spell(Type type) {
    if (type instanceof ParameterizedType) {
      ParameterizedType generic = (ParameterizedType) type;
      String name = spell(generic.getRawType());
      if (!GENERIC.matcher(name).matches()) return name;
      StringJoiner inner = new StringJoiner(", ", "<", ">");
      for (Type each : generic.getActualTypeArguments()) inner.add(spell(each));
      return name + inner;
    }
    if (!(type instanceof Class)) return "Object";
    Class<?> plain = (Class<?>) type;
    if (plain == void.class) return "void";
    String name = plain.getName();
    if (!name.startsWith(ROOT)) return "Object";
    name = name.substring(ROOT.length()).replace('$', '.');
    if (name.startsWith("Internal.")) {
      if (name.startsWith("Internal.SObjectType.")) return "Schema.SObjectType";
      if (name.startsWith("Internal.DescribeSObjectResult.")) return "Schema.DescribeSObjectResult";
      if (name.startsWith("Internal.RecordSet.")) return "List<SObject>";
      return "Object";
    }
    if (name.startsWith("SObjects.") || name.startsWith("SObjectStubs."))
      return "Schema." + name.substring(name.indexOf('.') + 1);
    return BARE.matcher(name).matches() ? name.substring(7) : name;
  }
}
