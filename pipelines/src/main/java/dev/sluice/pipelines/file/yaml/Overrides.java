package dev.sluice.pipelines.file.yaml;

import dev.sluice.records.Names;
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

  public YamlNode apply(YamlNode root, List<String> sets) {
    YamlNode changed = root;
    for (int i = 0; i < sets.size(); i++) {
      changed = apply(changed, sets.get(i), i + 1);
    }
    return changed;
  }

  private YamlNode apply(YamlNode root, String set, int number) {
    int equals = set.indexOf('=');
    Position start = new Position(FILE, number, 1);
    if (equals < 1) {
      findings.mistake(start, "", set, "must be path=value, but is '" + set + "'", null);
      return root;
    }
    String path = set.substring(0, equals);
    Position at = new Position(FILE, number, equals + 2);
    Findings own = new Findings();
    YamlNode parsed = YamlReader.read(FILE, set.substring(equals + 1), own);
    if (own.count() > 0) {
      findings.mistake(at, path, set.substring(equals + 1), own.mistakes().get(0).message(), null);
      return root;
    }
    YamlNode value = parsed == null ? new YamlNode.Scalar(at, "", null, "") : moved(parsed, at);
    YamlNode changed = set(root, "", segments(path), value, start, at);
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
  private @Nullable YamlNode set(
      @Nullable YamlNode node,
      String path,
      List<String> segments,
      YamlNode value,
      Position start,
      Position at) {
    if (segments.isEmpty()) {
      return value.under(path);
    }
    String segment = segments.get(0);
    List<String> rest = segments.subList(1, segments.size());
    if (node instanceof YamlNode.Sequence list) {
      int index = index(list, path, segment, start);
      if (index < 0) {
        return null;
      }
      YamlNode item =
          set(list.items().get(index), YamlNode.item(path, index), rest, value, start, at);
      if (item == null) {
        return null;
      }
      List<YamlNode> items = new ArrayList<>(list.items());
      items.set(index, item);
      return new YamlNode.Sequence(list.at(), path, items);
    }
    boolean absent = node == null || (node instanceof YamlNode.Scalar scalar && scalar.isNull());
    if (!absent && !(node instanceof YamlNode.Mapping)) {
      findings.mistake(
          start, path, null, "a key '" + segment + "' cannot be set in a single value", null);
      return null;
    }
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    if (node instanceof YamlNode.Mapping block) {
      entries.putAll(block.entries());
    }
    YamlNode.Entry old = entries.get(segment);
    YamlNode inner =
        set(
            old == null ? null : old.value(),
            YamlNode.child(path, segment),
            rest,
            value,
            start,
            at);
    if (inner == null) {
      return null;
    }
    entries.put(
        segment, new YamlNode.Entry(old == null || rest.isEmpty() ? start : old.key(), inner));
    return new YamlNode.Mapping(
        node instanceof YamlNode.Mapping block ? block.at() : start, path, entries);
  }

  private int index(YamlNode.Sequence list, String path, String segment, Position start) {
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
    for (YamlNode item : list.items()) {
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

  private static String name(YamlNode item) {
    if (item instanceof YamlNode.Mapping block) {
      YamlNode name = block.value("name") == null ? block.value("type") : block.value("name");
      return name instanceof YamlNode.Scalar scalar ? scalar.text() : "";
    }
    return "";
  }

  /** The same parts, placed on the command line. */
  private static YamlNode moved(YamlNode node, Position at) {
    if (node instanceof YamlNode.Scalar s) {
      return new YamlNode.Scalar(
          moved(s.at(), at), s.path(), s.value(), s.text(), s.origin(), false, true, s.literal());
    }
    if (node instanceof YamlNode.Sequence list) {
      List<YamlNode> items = new ArrayList<>();
      list.items().forEach(item -> items.add(moved(item, at)));
      return new YamlNode.Sequence(moved(list.at(), at), list.path(), items);
    }
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    ((YamlNode.Mapping) node)
        .entries()
        .forEach(
            (key, entry) ->
                entries.put(
                    key, new YamlNode.Entry(moved(entry.key(), at), moved(entry.value(), at))));
    return new YamlNode.Mapping(moved(node.at(), at), node.path(), entries);
  }

  private static Position moved(Position inner, Position at) {
    return new Position(at.file(), at.line(), at.column() + inner.column() - 1);
  }
}
