package dev.sluice.pipelines.file;

import dev.sluice.pipelines.file.yaml.Findings;
import dev.sluice.pipelines.file.yaml.YamlNode;
import dev.sluice.records.config.Key;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keys of a part that a file writes beside the part's word ({@link Key#flat}): {@code estimator:
 * soft, rubric_weight: 1}.
 */
public final class FlatKeys {
  private FlatKeys() {}

  /** The keys of parts that a block may have beside its own, by name, in the order of the parts. */
  public static Map<String, Shape.Field> of(List<Shape.Field> fields) {
    Map<String, Shape.Field> keys = new LinkedHashMap<>();
    for (Shape.Field field : fields) {
      kinds(field)
          .forEach(
              (word, type) ->
                  Shape.fields(type).forEach(inner -> keys.putIfAbsent(inner.name(), inner)));
    }
    fields.forEach(field -> keys.remove(field.name()));
    return keys;
  }

  private static Map<String, Class<? extends Record>> kinds(Shape.Field field) {
    return field.key().flat() && field.shape() instanceof Shape.Kinds kinds
        ? kinds.kinds()
        : Map.of();
  }

  /** The block with such keys moved into the blocks of their parts. */
  static YamlNode.Mapping gathered(
      List<Shape.Field> fields, YamlNode.Mapping block, Findings findings) {
    Set<String> own = new LinkedHashSet<>();
    fields.forEach(field -> own.add(field.name()));
    YamlNode.Mapping gathered = block;
    for (int i = 0; i < fields.size(); i++) {
      Shape.Field field = fields.get(i);
      Set<String> names = new LinkedHashSet<>(of(List.of(field)).keySet());
      names.removeAll(own);
      names.retainAll(gathered.entries().keySet());
      if (!names.isEmpty()) {
        // What the selected part does not have may be of a part at a later key.
        Set<String> selected = selected(field, (Shape.Kinds) field.shape(), gathered);
        Set<String> later = of(fields.subList(i + 1, fields.size())).keySet();
        names.removeIf(name -> later.contains(name) && !selected.contains(name));
      }
      if (!names.isEmpty()) {
        gathered = gathered(field, (Shape.Kinds) field.shape(), names, gathered, findings);
      }
    }
    return gathered;
  }

  /** Whether the keys of a part may be beside it: no other key of the block has their names. */
  static boolean fits(Record part, Shape.Field field, List<Shape.Field> fields) {
    List<String> names = Shape.fields(part.getClass()).stream().map(Shape.Field::name).toList();
    Set<String> others = new LinkedHashSet<>();
    fields.forEach(other -> others.add(other.name()));
    others.addAll(of(fields.subList(0, fields.indexOf(field))).keySet());
    return names.stream().noneMatch(others::contains);
  }

  private static Set<String> selected(
      Shape.Field field, Shape.Kinds kinds, YamlNode.Mapping block) {
    YamlNode part = part(field, block);
    String word = part == null ? null : word(part, kinds);
    Class<? extends Record> type = word == null ? null : kinds.kinds().get(word);
    Set<String> names = new LinkedHashSet<>();
    if (type != null) {
      Shape.fields(type).forEach(inner -> names.add(inner.name()));
    }
    return names;
  }

  private static @Nullable YamlNode part(Shape.Field field, YamlNode.Mapping block) {
    YamlNode part = block.value(field.name());
    return part == null && !field.key().byDefault().isEmpty()
        ? Binder.defaultNode(field, block.at(), YamlNode.child(block.path(), field.name()))
        : part;
  }

  private static YamlNode.Mapping gathered(
      Shape.Field field,
      Shape.Kinds kinds,
      Set<String> names,
      YamlNode.Mapping block,
      Findings findings) {
    Map<String, YamlNode.Entry> rest = new LinkedHashMap<>(block.entries());
    Map<String, YamlNode.Entry> beside = new LinkedHashMap<>();
    names.forEach(name -> beside.put(name, Objects.requireNonNull(rest.remove(name))));
    YamlNode part = part(field, block);
    String word = part == null ? null : word(part, kinds);
    Class<? extends Record> type = word == null ? null : kinds.kinds().get(word);
    if (part != null && word != null && type != null) {
      YamlNode.Entry place = rest.get(field.name());
      rest.put(
          field.name(),
          new YamlNode.Entry(
              place == null ? block.at() : place.key(),
              with(beside, part, word, type, field, kinds, findings)));
    }
    return new YamlNode.Mapping(block.at(), block.path(), rest);
  }

  private static @Nullable String word(YamlNode part, Shape.Kinds kinds) {
    YamlNode selector =
        part instanceof YamlNode.Mapping mapping ? mapping.value(kinds.selector()) : part;
    if (!(selector instanceof YamlNode.Scalar scalar)) {
      return null;
    }
    return kinds.aliases().getOrDefault(scalar.text(), scalar.text());
  }

  private static YamlNode.Mapping with(
      Map<String, YamlNode.Entry> beside,
      YamlNode part,
      String word,
      Class<? extends Record> type,
      Shape.Field field,
      Shape.Kinds kinds,
      Findings findings) {
    Map<String, YamlNode.Entry> keys = new LinkedHashMap<>();
    if (part instanceof YamlNode.Mapping mapping) {
      keys.putAll(mapping.entries());
    } else {
      keys.put(kinds.selector(), new YamlNode.Entry(part.at(), part));
    }
    Set<String> taken = new LinkedHashSet<>();
    Shape.fields(type).forEach(inner -> taken.add(inner.name()));
    beside.forEach(
        (name, entry) -> {
          if (!taken.contains(name)) {
            useless(name, entry, word, field, kinds, findings);
          } else if (keys.putIfAbsent(name, entry) != null) {
            findings.mistake(
                entry.key(),
                entry.value().path(),
                entry.value().single(),
                "'%s' is also under '%s'; write it once".formatted(name, field.name()),
                null);
          }
        });
    return new YamlNode.Mapping(part.at(), part.path(), keys);
  }

  /**
   * A key that the selected part does not have. Older files have such keys, so one with a default,
   * or an empty list, is a warning.
   */
  private static void useless(
      String name,
      YamlNode.Entry entry,
      String word,
      Shape.Field field,
      Shape.Kinds kinds,
      Findings findings) {
    List<String> words =
        kinds.kinds().entrySet().stream()
            .filter(
                kind -> Shape.fields(kind.getValue()).stream().anyMatch(f -> f.name().equals(name)))
            .map(Map.Entry::getKey)
            .toList();
    String message =
        "'%s: %s' has no key '%s'; only %s %s it"
            .formatted(
                field.name(),
                word,
                name,
                String.join(" and ", words),
                words.size() == 1 ? "has" : "have");
    boolean needed = Objects.requireNonNull(of(List.of(field)).get(name)).required();
    boolean nothing = entry.value() instanceof YamlNode.Sequence list && list.items().isEmpty();
    if (needed && !nothing) {
      findings.mistake(entry.key(), entry.value().path(), entry.value().single(), message, null);
    } else {
      findings.warning(entry.key(), entry.value().path(), message + ", so it is ignored", null);
    }
  }
}
