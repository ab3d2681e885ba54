package dev.sluice.pipelines.file;

import dev.sluice.pipelines.file.check.Reference;
import dev.sluice.pipelines.file.yaml.Findings;
import dev.sluice.pipelines.file.yaml.Position;
import dev.sluice.pipelines.file.yaml.Scalars;
import dev.sluice.pipelines.file.yaml.YamlNode;
import dev.sluice.pipelines.file.yaml.YamlReader;
import dev.sluice.records.Names;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import dev.sluice.records.schema.RecordSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads blocks of keys into config records and never stops at a mistake. Where a value is wrong, a
 * stand-in takes its place (the default, else the least that is allowed), so that what depends on
 * the block can still be checked; that there was a mistake stands in the findings.
 */
public final class Binder {
  private final Findings findings;
  private final BaseFolders folders;
  private final List<Reference> mentions = new ArrayList<>();
  private final Map<String, YamlNode.Mapping> contents = new HashMap<>();

  /** How many values were wrong or missing so far. */
  private int wrong;

  public Binder(Findings findings) {
    this(findings, BaseFolders.none());
  }

  public Binder(Findings findings, BaseFolders folders) {
    this.findings = findings;
    this.folders = folders;
  }

  /** Texts that refer to models or files, in the order in which they were read. */
  List<Reference> mentions() {
    return mentions;
  }

  /** Blocks that were read from files of their own, by the path of the key that names them. */
  Map<String, YamlNode.Mapping> contents() {
    return contents;
  }

  /**
   * A record from a block of keys.
   *
   * @param others keys of the block that are read elsewhere
   * @return null if there were mistakes and no stand-in would do
   */
  <R extends Record> @Nullable R block(Class<R> type, YamlNode.Mapping given, Set<String> others) {
    int before = wrong;
    List<Shape.Field> fields = Shape.fields(type);
    YamlNode.Mapping node = FlatKeys.gathered(fields, given, findings);
    List<String> known = new ArrayList<>();
    fields.forEach(field -> known.add(field.name()));
    known.addAll(FlatKeys.of(fields).keySet());
    known.addAll(others);
    node.entries()
        .forEach(
            (key, entry) -> {
              if (!known.contains(key)) {
                unknownKey(key, entry, known, fields);
              }
            });
    Object[] values = new Object[fields.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = field(fields.get(i), node);
    }
    return construct(type, fields, values, node, wrong > before);
  }

  private void unknownKey(
      String key, YamlNode.Entry entry, List<String> known, List<Shape.Field> fields) {
    String suggestion = Names.nearest(key, known);
    for (Shape.Field field : fields) {
      if (suggestion == null && field.shape() instanceof Shape.Block block) {
        List<String> inner = Shape.fields(block.type()).stream().map(Shape.Field::name).toList();
        String nearest = Names.nearest(key, inner);
        suggestion = nearest == null ? null : field.name() + "." + nearest;
      }
    }
    unknown(findings, key, entry, known, suggestion);
  }

  /** Reports an unknown key; names those that are known if none is near. */
  static void unknown(
      Findings findings,
      String key,
      YamlNode.Entry entry,
      List<String> known,
      @Nullable String suggestion) {
    String message = "unknown key '" + key + "'";
    int colon = key.indexOf(':');
    if (entry.value() instanceof YamlNode.Scalar value && value.isNull() && colon > 0) {
      message += "; a space is missing after the ':'";
    } else if (suggestion == null) {
      message += known.isEmpty() ? "; no key is allowed here" : "; known: " + Rules.list(known);
    }
    findings.mistake(
        entry.key(), entry.value().path(), entry.value().single(), message, suggestion);
  }

  private @Nullable Object field(Shape.Field field, YamlNode.Mapping block) {
    YamlNode node = block.value(field.name());
    boolean empty = node instanceof YamlNode.Scalar scalar && scalar.isNull();
    if (node == null || (empty && field.nullable())) {
      if (field.required()) {
        findings.mistake(
            block.at(),
            YamlNode.child(block.path(), field.name()),
            null,
            "required key '%s' is missing: %s"
                .formatted(field.name(), Rules.allowed(field.shape(), field.key())),
            null);
        wrong++;
        return Placeholder.of(field);
      }
      return field.key().byDefault().isEmpty()
          ? null
          : byDefault(field, block.at(), YamlNode.child(block.path(), field.name()));
    }
    Object value = value(field.shape(), field.key(), node, true);
    if (value != null) {
      return value;
    }
    wrong++;
    return field.nullable() ? null : Placeholder.of(field);
  }

  /** The value of a field's default. */
  @Nullable Object byDefault(Shape.Field field, Position at, String path) {
    return value(field.shape(), field.key(), defaultNode(field, at, path), true);
  }

  /** The part that a word alone selects. */
  @Nullable
  public Object ofWord(Shape shape, String word, Position at) {
    YamlNode node = new YamlNode.Scalar(at, "", word, word);
    return shape instanceof Shape.Envelope envelope
        ? envelope(envelope, selecting(envelope.kinds(), node))
        : kind((Shape.Kinds) shape, selecting((Shape.Kinds) shape, node));
  }

  /** The default of a field as if it stood in the file. */
  public static YamlNode defaultNode(Shape.Field field, Position at, String path) {
    String text = field.key().byDefault();
    if ("[{\"'".indexOf(text.charAt(0)) < 0) {
      return new YamlNode.Scalar(at, path, Scalars.resolve(text), text);
    }
    Findings own = new Findings();
    YamlNode node = YamlReader.read(at.file(), text, own);
    if (node == null || own.count() > 0) {
      throw new IllegalStateException(
          "The default of '%s' is not YAML: %s".formatted(field.name(), text));
    }
    return place(node, at).under(path);
  }

  /** The same parts, all at one place. */
  static YamlNode place(YamlNode node, Position at) {
    if (node instanceof YamlNode.Scalar s) {
      return new YamlNode.Scalar(
          at, s.path(), s.value(), s.text(), s.origin(), s.secret(), s.given(), false);
    }
    if (node instanceof YamlNode.Sequence list) {
      return new YamlNode.Sequence(
          at, list.path(), list.items().stream().map(item -> place(item, at)).toList());
    }
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    ((YamlNode.Mapping) node)
        .entries()
        .forEach(
            (key, entry) -> entries.put(key, new YamlNode.Entry(at, place(entry.value(), at))));
    return new YamlNode.Mapping(at, node.path(), entries);
  }

  /** A value for a shape; null after a mistake. */
  private @Nullable Object value(Shape shape, Key key, YamlNode node, boolean bounds) {
    if (shape instanceof Shape.Block block
        && key.refersTo().equals(Key.CONTENT)
        && node instanceof YamlNode.Scalar scalar) {
      YamlNode.Mapping content = ContentFile.read(scalar, folders, findings);
      if (content == null) {
        return null;
      }
      contents.put(scalar.path(), content);
      return block(block.type(), content, Set.of());
    }
    if (shape instanceof Shape.Block block && node instanceof YamlNode.Mapping mapping) {
      return block(block.type(), mapping, Set.of());
    }
    if (shape instanceof Shape.Block block
        && node instanceof YamlNode.Scalar scalar
        && !key.bare().isEmpty()) {
      return bare(block, key.bare(), scalar);
    }
    if (shape instanceof Shape.Kinds kinds && (node instanceof YamlNode.Mapping || isWord(node))) {
      return kind(kinds, withDefault(kinds, key, selecting(kinds, node)));
    }
    if (shape instanceof Shape.Envelope envelope
        && (node instanceof YamlNode.Mapping || isWord(node))) {
      return envelope(envelope, selecting(envelope.kinds(), node));
    }
    if (shape instanceof Shape.Items items && node instanceof YamlNode.Sequence list) {
      return items(items, key, list);
    }
    if (shape instanceof Shape.Table table && node instanceof YamlNode.Mapping mapping) {
      return table(table, key, mapping);
    }
    if (node instanceof YamlNode.Scalar scalar) {
      return ScalarValues.value(shape, key, scalar, bounds, findings, folders, mentions);
    }
    findings.mistake(
        node,
        "must be "
            + (bounds ? Rules.allowed(shape, key) : Rules.kind(shape))
            + ", but is "
            + node.shown());
    return null;
  }

  /** The block that a single value stands for. */
  private @Nullable Object bare(Shape.Block block, String name, YamlNode.Scalar scalar) {
    int before = wrong;
    YamlNode.Mapping mapping =
        new YamlNode.Mapping(
            scalar.at(), scalar.path(), Map.of(name, new YamlNode.Entry(scalar.at(), scalar)));
    Object value = block(block.type(), mapping, Set.of());
    // The mistake is counted by whoever asked for the value.
    boolean mistaken = wrong > before;
    wrong = before;
    return mistaken ? null : value;
  }

  private @Nullable Object items(Shape.Items items, Key key, YamlNode.Sequence list) {
    int size = list.items().size();
    if (!Rules.inside(size, key)) {
      wrong++;
      findings.mistake(list, "must be %s, but has %d".formatted(Rules.allowed(items, key), size));
    }
    List<Object> values = new ArrayList<>(size);
    for (YamlNode item : list.items()) {
      Object value = value(items.item(), key, item, false);
      if (value == null) {
        wrong++;
      } else {
        values.add(value);
      }
    }
    return List.copyOf(values);
  }

  private Object table(Shape.Table table, Key key, YamlNode.Mapping mapping) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach(
            (name, entry) -> {
              if (table.value() instanceof Shape.Free) {
                values.put(name, entry.value().plain());
                return;
              }
              Object value = value(table.value(), key, entry.value(), false);
              if (value == null) {
                wrong++;
              } else {
                values.put(name, value);
              }
            });
    return values;
  }

  static boolean isWord(YamlNode node) {
    return node instanceof YamlNode.Scalar scalar && scalar.value() instanceof String;
  }

  /** The block of a part; a word alone stands for one with no other key. */
  static YamlNode.Mapping selecting(Shape.Kinds kinds, YamlNode node) {
    return node instanceof YamlNode.Mapping mapping
        ? mapping
        : new YamlNode.Mapping(
            node.at(), node.path(), Map.of(kinds.selector(), new YamlNode.Entry(node.at(), node)));
  }

  /** A block without a kind is of the default's. */
  private static YamlNode.Mapping withDefault(Shape.Kinds kinds, Key key, YamlNode.Mapping block) {
    String word = key.byDefault();
    if (!kinds.kinds().containsKey(word) || block.value(kinds.selector()) != null) {
      return block;
    }
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>(block.entries());
    String path = YamlNode.child(block.path(), kinds.selector());
    entries.put(
        kinds.selector(),
        new YamlNode.Entry(block.at(), new YamlNode.Scalar(block.at(), path, word, word)));
    return new YamlNode.Mapping(block.at(), block.path(), entries);
  }

  /** A block that holds the keys of a part beside its own. */
  private @Nullable Record envelope(Shape.Envelope envelope, YamlNode.Mapping mapping) {
    int before = wrong;
    Set<String> own = new LinkedHashSet<>();
    envelope.own().forEach(field -> own.add(field.name()));
    Record part = kind(envelope.kinds(), mapping, own);
    List<Shape.Field> fields = Shape.fields(envelope.type());
    Object[] values = new Object[fields.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = fields.get(i).key().inline() ? part : field(fields.get(i), mapping);
    }
    return part == null
        ? null
        : construct(envelope.type(), fields, values, mapping, wrong > before);
  }

  /** The record that the word at the selector names. */
  @Nullable Record kind(Shape.Kinds kinds, YamlNode.Mapping mapping) {
    return kind(kinds, mapping, Set.of());
  }

  /**
   * The same of a block that has other keys as well.
   *
   * @param others keys of the block that are read elsewhere
   */
  private @Nullable Record kind(Shape.Kinds kinds, YamlNode.Mapping mapping, Set<String> others) {
    YamlNode selector = mapping.value(kinds.selector());
    List<String> words = List.copyOf(kinds.kinds().keySet());
    if (selector == null) {
      findings.mistake(
          mapping.at(),
          YamlNode.child(mapping.path(), kinds.selector()),
          null,
          "required key '%s' is missing: %s".formatted(kinds.selector(), Rules.oneOf(words)),
          null);
      return null;
    }
    String word = selector instanceof YamlNode.Scalar scalar ? scalar.text() : "";
    String today = kinds.aliases().get(word);
    if (today != null) {
      findings.warning(
          selector.at(), selector.path(), "'%s' is called '%s' now".formatted(word, today), today);
    }
    Class<? extends Record> type = kinds.kinds().get(today == null ? word : today);
    if (type == null) {
      findings.mistake(
          selector,
          "must be %s, but is %s".formatted(Rules.oneOf(words), selector.shown()),
          word,
          words);
      return null;
    }
    Set<String> elsewhere = new LinkedHashSet<>(others);
    elsewhere.add(kinds.selector());
    return block(type, mapping, elsewhere);
  }

  private <R extends Record> @Nullable R construct(
      Class<R> type,
      List<Shape.Field> fields,
      Object[] values,
      YamlNode.Mapping node,
      boolean mistaken) {
    try {
      return create(type, fields, values);
    } catch (IllegalArgumentException e) {
      // With stand-ins among the values the record's own objection may be about them.
      if (!mistaken) {
        findings.mistake(node, String.valueOf(e.getMessage()));
      }
      return null;
    }
  }

  /** Calls the record's constructor and passes on what it throws. */
  static <R extends Record> R create(Class<R> type, List<Shape.Field> fields, Object[] values) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null && !fields.get(i).nullable()) {
        throw new IllegalArgumentException("A value of " + fields.get(i).name() + " is missing.");
      }
    }
    return RecordSchema.of(type).make(values);
  }

  /** The doc of a kind. */
  public static String doc(Class<?> type) {
    Kind kind = type.getAnnotation(Kind.class);
    return kind == null ? "" : kind.doc();
  }
}
