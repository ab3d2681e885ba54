package dev.sluice.pipelines.file;

import dev.sluice.pipelines.file.yaml.Findings;
import dev.sluice.pipelines.file.yaml.YamlNode;
import dev.sluice.pipelines.file.yaml.YamlReader;
import dev.sluice.records.config.KeyMigration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the older spellings of a block's keys as today's, with one warning for each. What the file
 * writes in today's spelling stays as it is.
 */
final class KeyMigrator {
  private final Class<? extends Record> type;
  private final Findings findings;

  KeyMigrator(Class<? extends Record> type, Findings findings) {
    this.type = type;
    this.findings = findings;
  }

  /** The block as it is written today. */
  YamlNode.Mapping today(YamlNode.Mapping block, List<KeyMigration> respellings) {
    YamlNode.Mapping today = block;
    for (KeyMigration each : respellings) {
      YamlNode.Entry old = find(today, each.key());
      if (old != null && isMeant(old.value(), each.words())) {
        today = replaced(without(today, each.key()), each, old);
      }
    }
    return today;
  }

  private static boolean isMeant(YamlNode node, List<String> words) {
    return words.isEmpty() || (node instanceof YamlNode.Scalar one && words.contains(one.text()));
  }

  private YamlNode.Mapping replaced(YamlNode.Mapping rest, KeyMigration each, YamlNode.Entry old) {
    YamlNode.Mapping block = rest;
    List<String> set = new ArrayList<>();
    for (KeyMigration.Setting setting : each.now()) {
      YamlNode.Mapping before = block;
      block = set(block, setting, old);
      if (!block.equals(before)) {
        set.add(setting.path() + (setting.yaml().isEmpty() ? "" : ": " + setting.yaml()));
      }
    }
    String was = each.words().isEmpty() ? each.key() : each.key() + ": " + old.value().single();
    findings.warning(
        old.key(),
        old.value().path(),
        set.isEmpty()
            ? "'%s' has no effect together with the other keys; remove it".formatted(was)
            : "'%s' is written '%s' now".formatted(was, String.join("' and '", set)));
    return block;
  }

  /** The block with a value set, or as it is if the value has no place. */
  private YamlNode.Mapping set(
      YamlNode.Mapping block, KeyMigration.Setting setting, YamlNode.Entry old) {
    String[] segments = setting.path().split("\\.", -1);
    String head = segments[0];
    int bracket = head.indexOf('[');
    String name = bracket < 0 ? head : head.substring(0, bracket);
    Shape.Field field =
        Shape.fields(type).stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow();
    YamlNode value = setting.yaml().isEmpty() ? old.value() : parsed(setting.yaml(), old);
    YamlNode there = block.value(name);
    if (bracket >= 0 && !(there instanceof YamlNode.Sequence)) {
      return block;
    }
    if (bracket >= 0 && there instanceof YamlNode.Sequence list) {
      String kind = head.substring(bracket + 1, head.length() - 1);
      YamlNode items = inItems(list, (Shape.Items) field.shape(), kind, segments[1], value, old);
      return items.equals(there) ? block : with(block, name, old, items);
    }
    if (segments.length > 1 && field.shape() instanceof Shape.Kinds kinds) {
      YamlNode.Mapping part = part(there, kinds, old);
      YamlNode.Mapping changed =
          inPart(part, kinds, field.key().byDefault(), segments[1], value, old);
      return changed.equals(part) ? block : with(block, name, old, changed);
    }
    if (there != null && value instanceof YamlNode.Mapping moved) {
      return with(block, name, old, merged(block(there, field), moved, old));
    }
    return there == null ? with(block, name, old, value) : block;
  }

  /** The block at a key. A single value is short for a block with one key. */
  private static YamlNode.Mapping block(YamlNode there, Shape.Field field) {
    if (there instanceof YamlNode.Mapping block) {
      return block;
    }
    String key = field.shape() instanceof Shape.Kinds kinds ? kinds.selector() : field.key().bare();
    return new YamlNode.Mapping(
        there.at(), there.path(), Map.of(key, new YamlNode.Entry(there.at(), there)));
  }

  /** A block with the keys of another one that it does not have. */
  private static YamlNode.Mapping merged(
      YamlNode.Mapping block, YamlNode.Mapping other, YamlNode.Entry old) {
    YamlNode.Mapping merged = block;
    for (Map.Entry<String, YamlNode.Entry> each : other.entries().entrySet()) {
      merged =
          merged.value(each.getKey()) == null
              ? with(merged, each.getKey(), old, each.getValue().value())
              : merged;
    }
    return merged;
  }

  /** The items, where each of a kind has a key of its own. */
  private static YamlNode inItems(
      YamlNode.Sequence list,
      Shape.Items items,
      String kind,
      String key,
      YamlNode value,
      YamlNode.Entry old) {
    Shape.Kinds kinds = ((Shape.Envelope) items.item()).kinds();
    List<YamlNode> all = new ArrayList<>();
    boolean changed = false;
    for (YamlNode item : list.items()) {
      YamlNode.Mapping part = selecting(kinds, item);
      YamlNode after =
          part == null || !kind.equals(word(part, kinds, ""))
              ? item
              : inPart(part, kinds, "", key, value, old);
      boolean differs = !after.equals(item) && !after.equals(part);
      changed |= differs;
      all.add(differs ? after : item);
    }
    return changed ? new YamlNode.Sequence(list.at(), list.path(), all) : list;
  }

  /** The part with a key; as it is if it has the key already or knows none of that name. */
  private static YamlNode.Mapping inPart(
      YamlNode.Mapping part,
      Shape.Kinds kinds,
      String byDefault,
      String key,
      YamlNode value,
      YamlNode.Entry old) {
    Class<? extends Record> selected = kinds.kinds().get(word(part, kinds, byDefault));
    // The binder reports an unknown kind.
    boolean known =
        selected == null || Shape.fields(selected).stream().anyMatch(f -> f.name().equals(key));
    return known && isUnset(part.value(key), selected, key) ? with(part, key, old, value) : part;
  }

  /** A key that is absent, or written with its default, which the older spelling overruled. */
  private static boolean isUnset(
      @Nullable YamlNode there, @Nullable Class<? extends Record> part, String key) {
    if (there == null || part == null) {
      return there == null;
    }
    return there instanceof YamlNode.Scalar scalar
        && Shape.fields(part).stream()
            .filter(field -> field.name().equals(key))
            .anyMatch(
                field ->
                    field.shape() instanceof Shape.Choice
                        && field.key().byDefault().equals(scalar.text()));
  }

  /** The block of the part at a key; a block without a kind is of the default's. */
  private static YamlNode.Mapping part(
      @Nullable YamlNode there, Shape.Kinds kinds, YamlNode.Entry old) {
    YamlNode.Mapping part = there == null ? null : selecting(kinds, there);
    return part == null ? new YamlNode.Mapping(old.key(), "", Map.of()) : part;
  }

  private static YamlNode.@Nullable Mapping selecting(Shape.Kinds kinds, YamlNode node) {
    return node instanceof YamlNode.Mapping || Binder.isWord(node)
        ? Binder.selecting(kinds, node)
        : null;
  }

  private static String word(YamlNode.Mapping part, Shape.Kinds kinds, String byDefault) {
    return part.value(kinds.selector()) instanceof YamlNode.Scalar word ? word.text() : byDefault;
  }

  private static YamlNode parsed(String yaml, YamlNode.Entry old) {
    Findings own = new Findings();
    YamlNode node = YamlReader.read(old.key().file(), yaml, own);
    if (node == null || own.count() > 0) {
      throw new IllegalStateException("A respelling is not YAML: " + yaml);
    }
    return Binder.place(node, old.key());
  }

  private static YamlNode.Mapping with(
      YamlNode.Mapping block, String key, YamlNode.Entry old, YamlNode value) {
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>(block.entries());
    entries.put(key, new YamlNode.Entry(old.key(), value.under(YamlNode.child(block.path(), key))));
    return new YamlNode.Mapping(block.at(), block.path(), entries);
  }

  private static YamlNode.@Nullable Entry find(YamlNode.Mapping block, String path) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      return block.entries().get(path);
    }
    return block.value(path.substring(0, dot)) instanceof YamlNode.Mapping inner
        ? find(inner, path.substring(dot + 1))
        : null;
  }

  /** The block without a key; a block that it leaves empty goes, too. */
  private static YamlNode.Mapping without(YamlNode.Mapping block, String path) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      return block.without(path);
    }
    String head = path.substring(0, dot);
    YamlNode.Entry entry = block.entries().get(head);
    if (entry == null || !(entry.value() instanceof YamlNode.Mapping inner)) {
      return block;
    }
    YamlNode.Mapping rest = without(inner, path.substring(dot + 1));
    if (rest.entries().isEmpty()) {
      return block.without(head);
    }
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>(block.entries());
    entries.put(head, new YamlNode.Entry(entry.key(), rest));
    return new YamlNode.Mapping(block.at(), block.path(), entries);
  }
}
