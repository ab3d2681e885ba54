package dev.sluice.pipelines.file.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of a parsed file that knows its place. */
public sealed interface YamlNode {

  /** Where it begins. */
  Position at();

  /** Its path, such as {@code pipeline.transforms[3].config}; empty for the whole document. */
  String path();

  /** The same part under another path, as an alias stands for its anchor. */
  YamlNode under(String path);

  /** The value as a message shows it. */
  String shown();

  /** The value without places: a single value, or lists and maps of such. */
  @Nullable Object plain();

  /** The value as text if it is a single one. */
  default @Nullable String single() {
    return null;
  }

  /**
   * A single value.
   *
   * @param value null, Boolean, Long, BigInteger, Double or String
   * @param text as written, or as substituted
   * @param origin the text before substitution; equal to {@code text} if there was none
   * @param secret whether part of it came from the environment
   * @param given whether it begins with what was given from outside the file: a relative path then
   *     counts from the current folder
   * @param literal whether it is a block whose lines follow the one of its place
   */
  record Scalar(
      Position at,
      String path,
      @Nullable Object value,
      String text,
      String origin,
      boolean secret,
      boolean given,
      boolean literal)
      implements YamlNode {

    /** A value that the file itself writes. */
    public Scalar(Position at, String path, @Nullable Object value, String text) {
      this(at, path, value, text, text, false, false, false);
    }

    public boolean isNull() {
      return value == null;
    }

    /** Whether a {@code ${…}} was replaced in it. */
    public boolean substituted() {
      return !text.equals(origin);
    }

    @Override
    public @Nullable Object plain() {
      return value;
    }

    @Override
    public Scalar under(String other) {
      return new Scalar(at, other, value, text, origin, secret, given, literal);
    }

    @Override
    public String single() {
      return secret ? origin : text;
    }

    @Override
    public String shown() {
      if (value == null) {
        return "empty";
      }
      String text = shorten(single());
      return value instanceof String ? "the text '" + text + "'" : text;
    }

    private static String shorten(String text) {
      String line = text.replace("\n", "\\n");
      return line.length() <= 60 ? line : line.substring(0, 57) + "...";
    }
  }

  /** A list. */
  record Sequence(Position at, String path, List<YamlNode> items) implements YamlNode {
    @Override
    public List<@Nullable Object> plain() {
      List<@Nullable Object> values = new ArrayList<>(items.size());
      items.forEach(item -> values.add(item.plain()));
      return values;
    }

    @Override
    public Sequence under(String other) {
      List<YamlNode> moved = new ArrayList<>(items.size());
      for (int i = 0; i < items.size(); i++) {
        moved.add(items.get(i).under(item(other, i)));
      }
      return new Sequence(at, other, moved);
    }

    @Override
    public String shown() {
      return "a list";
    }
  }

  /** A block of keys, in the order of the file. */
  record Mapping(Position at, String path, Map<String, Entry> entries) implements YamlNode {
    @Override
    public Map<String, @Nullable Object> plain() {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      entries.forEach((key, entry) -> values.put(key, entry.value().plain()));
      return values;
    }

    @Override
    public Mapping under(String other) {
      Map<String, Entry> moved = new LinkedHashMap<>();
      entries.forEach(
          (key, entry) ->
              moved.put(key, new Entry(entry.key(), entry.value().under(child(other, key)))));
      return new Mapping(at, other, moved);
    }

    @Override
    public String shown() {
      return "a block of keys";
    }

    @Nullable
    public YamlNode value(String key) {
      Entry entry = entries.get(key);
      return entry == null ? null : entry.value();
    }

    /** The same without a key. */
    public Mapping without(String key) {
      Map<String, Entry> rest = new LinkedHashMap<>(entries);
      rest.remove(key);
      return new Mapping(at, path, rest);
    }
  }

  /** A key's place and its value. */
  record Entry(Position key, YamlNode value) {}

  static String child(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  static String item(String path, int index) {
    return path + "[" + index + "]";
  }
}
