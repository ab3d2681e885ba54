package dev.sluice.pipelines.file.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values given with {@code --set path=value}. Stages are named by name or by index ({@code
 * pipeline.transforms.votes.config.votes}, {@code pipeline.transforms[3].config.votes}); the value
 * is read as YAML. Blocks on the way that the file lacks are made.
 */
public final class Overrides {
  private static final String FILE = "--set";
  private static final String TRANSFORMS = "pipeline.transforms";

  private final Findings findings;

  public Overrides(Findings findings) {
    this.findings = findings;
  }

  public Node apply(Node root, List<String> sets) {
    Node changed = root;
    for (int i = 0; i < sets.size(); i++) {
      changed = apply(changed, sets.get(i), i + 1);
    }
    return changed;
  }

  private Node apply(Node root, String set, int number) {
    int equals = set.indexOf('=');
    Position start = new Position(FILE, number, 1);
    if (equals < 1) {
      findings.mistake(start, "", set, "must be path=value, but is '" + set + "'", null);
      return root;
    }
    String path = set.substring(0, equals);
    Position at = new Position(FILE, number, equals + 2);
    Findings own = new Findings();
    Node parsed = YamlReader.read(FILE, set.substring(equals + 1), own);
    if (own.count() > 0) {
      findings.mistake(at, path, set.substring(equals + 1), own.mistakes().get(0).message(), null);
      return root;
    }
    Node value = parsed == null ? new Node.Scalar(at, "", null, "") : moved(parsed, at);
    Node changed = set(root, "", segments(path), value, start, at);
    return changed == null ? root : changed;
  }

  /** Splits {@code a.b[3].c} into a, b, 3, c. */
  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.replace("[", ".").replace("]", "").split("\\.", -1)) {
      segments.add(segment);
    }
    return segments;
  }

  /** The node with the value at the end of the segments; null after a mistake. */
  private @Nullable Node set(
      @Nullable Node node,
      String path,
      List<String> segments,
      Node value,
      Position start,
      Position at) {
    if (segments.isEmpty()) {
      return value.under(path);
    }
    String segment = segments.get(0);
    List<String> rest = segments.subList(1, segments.size());
    if (node instanceof Node.Sequence list) {
      int index = index(list, path, segment, start);
      if (index < 0) {
        return null;
      }
      Node item = set(list.items().get(index), Node.item(path, index), rest, value, start, at);
      if (item == null) {
        return null;
      }
      List<Node> items = new ArrayList<>(list.items());
      items.set(index, item);
      return new Node.Sequence(list.at(), path, items);
    }
    boolean absent = node == null || (node instanceof Node.Scalar scalar && scalar.isNull());
    if (!absent && !(node instanceof Node.Mapping)) {
      findings.mistake(
          start, path, null, "a key '" + segment + "' cannot be set in a single value", null);
      return null;
    }
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    if (node instanceof Node.Mapping block) {
      entries.putAll(block.entries());
    }
    Node.Entry old = entries.get(segment);
    Node inner =
        set(old == null ? null : old.value(), Node.child(path, segment), rest, value, start, at);
    if (inner == null) {
      return null;
    }
    entries.put(segment, new Node.Entry(old == null || rest.isEmpty() ? start : old.key(), inner));
    return new Node.Mapping(node instanceof Node.Mapping block ? block.at() : start, path, entries);
  }

  private int index(Node.Sequence list, String path, String segment, Position start) {
    int size = list.items().size();
    if (!segment.isEmpty()
        && segment.length() < 6
        && segment.chars().allMatch(c -> c >= '0' && c <= '9')) {
      int index = Integer.parseInt(segment);
      if (index < size) {
        return index;
      }
      findings.mistake(
          start,
          path,
          segment,
          "has no entry %d; there are %d, from 0".formatted(index, size),
          null);
      return -1;
    }
    List<String> names = new ArrayList<>();
    for (Node item : list.items()) {
      names.add(name(item));
    }
    int found = names.indexOf(segment);
    if (found < 0) {
      boolean stages = path.equals(TRANSFORMS);
      findings.mistake(
          start,
          path,
          segment,
          stages
              ? "unknown stage '" + segment + "'"
              : "must be an index such as [0], but is '" + segment + "'",
          stages ? Names.nearest(segment, names) : null);
    }
    return found;
  }

  private static String name(Node item) {
    if (item instanceof Node.Mapping block) {
      Node name = block.value("name") == null ? block.value("type") : block.value("name");
      return name instanceof Node.Scalar scalar ? scalar.text() : "";
    }
    return "";
  }

  /** The same parts, placed on the command line. */
  private static Node moved(Node node, Position at) {
    if (node instanceof Node.Scalar s) {
      return new Node.Scalar(
          moved(s.at(), at), s.path(), s.value(), s.text(), s.origin(), false, true, s.literal());
    }
    if (node instanceof Node.Sequence list) {
      List<Node> items = new ArrayList<>();
      list.items().forEach(item -> items.add(moved(item, at)));
      return new Node.Sequence(moved(list.at(), at), list.path(), items);
    }
    Map<String, Node.Entry> entries = new LinkedHashMap<>();
    ((Node.Mapping) node)
        .entries()
        .forEach(
            (key, entry) ->
                entries.put(key, new Node.Entry(moved(entry.key(), at), moved(entry.value(), at))));
    return new Node.Mapping(moved(node.at(), at), node.path(), entries);
  }

  private static Position moved(Position inner, Position at) {
    return new Position(at.file(), at.line(), at.column() + inner.column() - 1);
  }
}
