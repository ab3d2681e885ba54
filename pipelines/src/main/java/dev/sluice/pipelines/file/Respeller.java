package dev.sluice.pipelines.file;

import dev.sluice.pipelines.file.yaml.Findings;
import dev.sluice.pipelines.file.yaml.Node;
import dev.sluice.pipelines.file.yaml.YamlReader;
import dev.sluice.records.config.Respelling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the older spellings of a block's keys as today's, with one warning for each. What the file
 * writes in today's spelling stays as it is.
 */
final class Respeller {
  private final Class<? extends Record> type;
  private final Findings findings;

  Respeller(Class<? extends Record> type, Findings findings) {
    this.type = type;
    this.findings = findings;
  }

  /** The block as it is written today. */
  Node.Mapping today(Node.Mapping block, List<Respelling> respellings) {
    Node.Mapping today = block;
    for (Respelling each : respellings) {
      Node.Entry old = find(today, each.key());
      if (old != null && isMeant(old.value(), each.words())) {
        today = replaced(without(today, each.key()), each, old);
      }
    }
    return today;
  }

  private static boolean isMeant(Node node, List<String> words) {
    return words.isEmpty() || (node instanceof Node.Scalar one && words.contains(one.text()));
  }

  private Node.Mapping replaced(Node.Mapping rest, Respelling each, Node.Entry old) {
    Node.Mapping block = rest;
    List<String> set = new ArrayList<>();
    for (Respelling.Setting setting : each.now()) {
      Node.Mapping before = block;
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
            ? "'%s' has no effect beside the other keys; leave it out".formatted(was)
            : "'%s' is written '%s' now".formatted(was, String.join("' and '", set)));
    return block;
  }

  /** The block with a value set, or as it is if the value has no place. */
  private Node.Mapping set(Node.Mapping block, Respelling.Setting setting, Node.Entry old) {
    String[] segments = setting.path().split("\\.", -1);
    String head = segments[0];
    int bracket = head.indexOf('[');
    String name = bracket < 0 ? head : head.substring(0, bracket);
    Shape.Field field =
        Shape.fields(type).stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow();
    Node value = setting.yaml().isEmpty() ? old.value() : parsed(setting.yaml(), old);
    Node there = block.value(name);
    if (bracket >= 0 && !(there instanceof Node.Sequence)) {
      return block;
    }
    if (bracket >= 0 && there instanceof Node.Sequence list) {
      String kind = head.substring(bracket + 1, head.length() - 1);
      Node items = inItems(list, (Shape.Items) field.shape(), kind, segments[1], value, old);
      return items.equals(there) ? block : with(block, name, old, items);
    }
    if (segments.length > 1 && field.shape() instanceof Shape.Kinds kinds) {
      Node.Mapping part = part(there, kinds, old);
      Node.Mapping changed = inPart(part, kinds, field.key().byDefault(), segments[1], value, old);
      return changed.equals(part) ? block : with(block, name, old, changed);
    }
    if (there != null && value instanceof Node.Mapping moved) {
      return with(block, name, old, merged(block(there, field), moved, old));
    }
    return there == null ? with(block, name, old, value) : block;
  }

  /** The block that stands at a key; a single value stands for one. */
  private static Node.Mapping block(Node there, Shape.Field field) {
    if (there instanceof Node.Mapping block) {
      return block;
    }
    String key = field.shape() instanceof Shape.Kinds kinds ? kinds.selector() : field.key().bare();
    return new Node.Mapping(
        there.at(), there.path(), Map.of(key, new Node.Entry(there.at(), there)));
  }

  /** A block with the keys of another one that it does not have. */
  private static Node.Mapping merged(Node.Mapping block, Node.Mapping other, Node.Entry old) {
    Node.Mapping merged = block;
    for (Map.Entry<String, Node.Entry> each : other.entries().entrySet()) {
      merged =
          merged.value(each.getKey()) == null
              ? with(merged, each.getKey(), old, each.getValue().value())
              : merged;
    }
    return merged;
  }

  /** The items, where each of a kind has a key of its own. */
  private static Node inItems(
      Node.Sequence list, Shape.Items items, String kind, String key, Node value, Node.Entry old) {
    Shape.Kinds kinds = ((Shape.Envelope) items.item()).kinds();
    List<Node> all = new ArrayList<>();
    boolean changed = false;
    for (Node item : list.items()) {
      Node.Mapping part = selecting(kinds, item);
      Node after =
          part == null || !kind.equals(word(part, kinds, ""))
              ? item
              : inPart(part, kinds, "", key, value, old);
      boolean differs = !after.equals(item) && !after.equals(part);
      changed |= differs;
      all.add(differs ? after : item);
    }
    return changed ? new Node.Sequence(list.at(), list.path(), all) : list;
  }

  /** The part with a key; as it is if it has the key already or knows none of that name. */
  private static Node.Mapping inPart(
      Node.Mapping part,
      Shape.Kinds kinds,
      String byDefault,
      String key,
      Node value,
      Node.Entry old) {
    Class<? extends Record> selected = kinds.kinds().get(word(part, kinds, byDefault));
    // The binder reports an unknown kind.
    boolean known =
        selected == null || Shape.fields(selected).stream().anyMatch(f -> f.name().equals(key));
    return known && isUnset(part.value(key), selected, key) ? with(part, key, old, value) : part;
  }

  /** A key that is absent, or written with its default, which the older spelling overruled. */
  private static boolean isUnset(
      @Nullable Node there, @Nullable Class<? extends Record> part, String key) {
    if (there == null || part == null) {
      return there == null;
    }
    return there instanceof Node.Scalar scalar
        && Shape.fields(part).stream()
            .filter(field -> field.name().equals(key))
            .anyMatch(
                field ->
                    field.shape() instanceof Shape.Choice
                        && field.key().byDefault().equals(scalar.text()));
  }

  /** The block of the part at a key; a block without a kind is of the default's. */
  private static Node.Mapping part(@Nullable Node there, Shape.Kinds kinds, Node.Entry old) {
    Node.Mapping part = there == null ? null : selecting(kinds, there);
    return part == null ? new Node.Mapping(old.key(), "", Map.of()) : part;
  }

  private static Node.@Nullable Mapping selecting(Shape.Kinds kinds, Node node) {
    return node instanceof Node.Mapping || Binder.isWord(node)
        ? Binder.selecting(kinds, node)
        : null;
  }

  private static String word(Node.Mapping part, Shape.Kinds kinds, String byDefault) {
    return part.value(kinds.selector()) instanceof Node.Scalar word ? word.text() : byDefault;
  }

  private static Node parsed(String yaml, Node.Entry old) {
    Findings own = new Findings();
    Node node = YamlReader.read(old.key().file(), yaml, own);
    if (node == null || own.count() > 0) {
      throw new IllegalStateException("A respelling is not YAML: " + yaml);
    }
    return Binder.place(node, old.key());
  }

  private static Node.Mapping with(Node.Mapping block, String key, Node.Entry old, Node value) {
    Map<String, Node.Entry> entries = new LinkedHashMap<>(block.entries());
    entries.put(key, new Node.Entry(old.key(), value.under(Node.child(block.path(), key))));
    return new Node.Mapping(block.at(), block.path(), entries);
  }

  private static Node.@Nullable Entry find(Node.Mapping block, String path) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      return block.entries().get(path);
    }
    return block.value(path.substring(0, dot)) instanceof Node.Mapping inner
        ? find(inner, path.substring(dot + 1))
        : null;
  }

  /** The block without a key; a block that it leaves empty goes, too. */
  private static Node.Mapping without(Node.Mapping block, String path) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      return block.without(path);
    }
    String head = path.substring(0, dot);
    Node.Entry entry = block.entries().get(head);
    if (entry == null || !(entry.value() instanceof Node.Mapping inner)) {
      return block;
    }
    Node.Mapping rest = without(inner, path.substring(dot + 1));
    if (rest.entries().isEmpty()) {
      return block.without(head);
    }
    Map<String, Node.Entry> entries = new LinkedHashMap<>(block.entries());
    entries.put(head, new Node.Entry(entry.key(), rest));
    return new Node.Mapping(block.at(), block.path(), entries);
  }
}
