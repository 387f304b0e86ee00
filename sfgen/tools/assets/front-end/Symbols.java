import apex.jorje.semantic.ast.modifier.ModifierGroups;
import apex.jorje.semantic.bcl.DmlOperation;
import apex.jorje.semantic.common.TestSymbolProvider;
import apex.jorje.semantic.compiler.Namespace;
import apex.jorje.semantic.compiler.sfdc.SymbolProvider;
import apex.jorje.semantic.symbol.member.variable.FieldTable;
import apex.jorje.semantic.symbol.member.variable.MultipleFieldTable;
import apex.jorje.semantic.symbol.member.variable.SObjectFieldInfo;
import apex.jorje.semantic.symbol.member.variable.StandardFieldInfo;
import apex.jorje.semantic.symbol.resolver.SymbolResolver;
import apex.jorje.semantic.symbol.type.SObjectMetadata;
import apex.jorje.semantic.symbol.type.SObjectTypeInfo;
import apex.jorje.semantic.symbol.type.TypeInfo;
import apex.jorje.semantic.symbol.type.TypeInfos;
import apex.jorje.semantic.symbol.type.common.BiPredicates;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the compiler asks for: the platform's types, the project's sObjects, labels and pages. */
final class Symbols implements SymbolProvider {
  private static final Map<String, TypeInfo> SCALARS =
      Map.ofEntries(
          Map.entry("string", TypeInfos.STRING),
          Map.entry("id", TypeInfos.ID),
          Map.entry("boolean", TypeInfos.BOOLEAN),
          Map.entry("integer", TypeInfos.INTEGER),
          Map.entry("long", TypeInfos.LONG),
          Map.entry("double", TypeInfos.DOUBLE),
          Map.entry("decimal", TypeInfos.DECIMAL),
          Map.entry("date", TypeInfos.DATE),
          Map.entry("datetime", TypeInfos.DATE_TIME),
          Map.entry("time", TypeInfos.TIME),
          Map.entry("blob", TypeInfos.BLOB));
  private static final Map<String, SObjectMetadata.CustomEntitySObjectType> KINDS =
      Map.of(
          "hierarchy", SObjectMetadata.CustomEntitySObjectType.HIERARCHY_CUSTOM_SETTING,
          "list", SObjectMetadata.CustomEntitySObjectType.LIST_CUSTOM_SETTING,
          "metadata", SObjectMetadata.CustomEntitySObjectType.CUSTOM_METADATA_TYPE);

  /** What the compiler must meet as it made it: bases of classes, generics. */
  private static final Set<String> BUILT_IN =
      Set.of(
          "system/apexbaseclass",
          "system/apexbaseexception",
          "system/comparator",
          "system/iterable",
          "system/iterator");

  /** What the compiler makes itself, out of what this says of single names. */
  private static final Set<String> OWN = Set.of("system/label", "system/page");

  private final Platform platform;
  private final Schema schema;
  private final SymbolProvider builtIn = new TestSymbolProvider();
  private final Map<String, TypeInfo> types = new HashMap<>();
  private final Map<String, TypeInfo> objects = new HashMap<>();

  /** Objects are asked for without a resolver, and always after a question with one. */
  private SymbolResolver last;

  Symbols(Platform platform, Schema schema) {
    this.platform = platform;
    this.schema = schema;
  }

  @Override
  public TypeInfo find(SymbolResolver resolver, TypeInfo from, String name) {
    last = resolver;
    String key = name.toLowerCase(Locale.ROOT);
    if (types.containsKey(key)) return types.get(key);
    types.put(key, null); // Whoever asks again meanwhile asks for itself.
    TypeInfo found = BUILT_IN.contains(key) ? builtIn.find(resolver, from, name) : null;
    if (found == null) found = attach(resolver, name, key);
    types.put(key, found);
    return found;
  }

  private TypeInfo attach(SymbolResolver resolver, String name, String key) {
    int slash = key.indexOf('/');
    if (slash < 0 || key.startsWith("com/salesforce/") || OWN.contains(key)) return null;
    String inner = key.substring(slash + 1).replace('/', '$');
    Class<?> stub = platform.find(key.substring(0, slash), inner);
    if (stub == null) return null;
    return resolver.getCompilerService().attachSource(resolver, platform.declare(stub), name);
  }

  @Override
  public TypeInfo getSObjectType(TypeInfo from, String name) {
    String key = name.toLowerCase(Locale.ROOT);
    if (!objects.containsKey(key)) {
      Schema.Entity entity = schema.find(key);
      if (entity == null) return null;
      objects.put(key, make(entity));
    }
    return objects.get(key);
  }

  private TypeInfo make(Schema.Entity entity) {
    SObjectMetadata.Builder metadata =
        SObjectMetadata.builder()
            .setTriggerable(true)
            .setEditable(true)
            .setPlatformEvent(entity.kind.equals("event"))
            .setSupportedDml(DmlOperation.ALL)
            .setLookupFieldPredicate(BiPredicates.alwaysTrue());
    if (KINDS.containsKey(entity.kind)) metadata.setCustomEntitySObjectType(KINDS.get(entity.kind));
    SObjectTypeInfo.Builder builder = SObjectTypeInfo.builder();
    builder.setApexBytecodeName(entity.name);
    builder.setMetadata(metadata.build());
    builder.setFields(apex.common.base.Initializers.memoize(type -> fields(entity, type)));
    return builder.buildResolved();
  }

  private FieldTable fields(Schema.Entity entity, TypeInfo owner) {
    FieldTable table = new MultipleFieldTable();
    TypeInfo token = find(last, owner, "schema/sobjectfield");
    // Permissions have a column of this name, which is what their code means by it.
    if (!entity.columns.containsKey("sobjecttype"))
      addToken(table, owner, "SObjectType", find(last, owner, "schema/sobjecttype"));
    for (Schema.Column column : entity.columns.values()) {
      add(table, owner, column.name, SCALARS.getOrDefault(column.type, TypeInfos.OBJECT), false);
      addToken(table, owner, column.name, token);
      if (column.relation == null) continue;
      TypeInfo target = column.target == null ? null : getSObjectType(owner, column.target);
      add(table, owner, column.relation, target == null ? TypeInfos.SOBJECT : target, true);
    }
    return table.resolve();
  }

  private static void add(
      FieldTable table, TypeInfo owner, String name, TypeInfo type, boolean relation) {
    SObjectFieldInfo.Builder field = SObjectFieldInfo.builder();
    field.setName(name).setModifiers(ModifierGroups.ONLY_GLOBAL);
    field.setDefiningType(owner).setType(type);
    field.setCategory(
        relation ? SObjectFieldInfo.Category.FOREIGN_KEY : SObjectFieldInfo.Category.REGULAR);
    field.setColumnInfo(!relation);
    table.add(field.build());
  }

  private static void addToken(FieldTable table, TypeInfo owner, String name, TypeInfo type) {
    StandardFieldInfo.Builder field = StandardFieldInfo.builder();
    field.setName(name).setModifiers(ModifierGroups.GLOBAL_STATIC);
    field.setDefiningType(owner).setType(type);
    table.add(field.build());
  }

  @Override
  public String getPageReference(TypeInfo from, String name) {
    return schema.has("page", name) ? name : null;
  }

  @Override
  public boolean hasLabelField(TypeInfo from, Namespace namespace, String name) {
    return !Namespace.isEmptyOrNull(namespace) || schema.has("label", name);
  }

  @Override
  public TypeInfo getAggregateResultType(TypeInfo from) {
    return builtIn.getAggregateResultType(from);
  }

  @Override
  public TypeInfo getVfComponentType(
      SymbolResolver resolver, TypeInfo from, Namespace namespace, String name) {
    return null;
  }

  @Override
  public TypeInfo getFlowInterviewType(
      SymbolResolver resolver, TypeInfo from, Namespace namespace, String name) {
    return builtIn.getFlowInterviewType(resolver, from, namespace, name);
  }

  @Override
  public String getQuickAction(TypeInfo from, String object, String name) {
    return name;
  }

  @Override
  public boolean isDynamicTypeNamespace(String namespace) {
    return false;
  }

  @Override
  public boolean isDynamicTypeNamespace(String namespace, String name) {
    return false;
  }
}
