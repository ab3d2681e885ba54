package dev.sluice.records.json;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * JSON for manifests, unit records and fingerprints.
 *
 * <p>Values are records (by component, names in snake_case, null components left out, a {@link
 * dev.sluice.records.config.Kind} as the key {@code kind}), maps, lists, texts, numbers, truth
 * values, enums (in lower case) and {@code java.time} values (as text).
 */
public final class Json {
  private Json() {}

  /**
   * The canonical form of RFC 8785: keys sorted, no white space, numbers as ECMAScript prints them.
   * Integers and {@code BigDecimal} keep all their digits; numbers that are not finite are texts.
   */
  public static String canonical(@Nullable Object value) {
    return JsonText.canonical(JsonTree.of(value));
  }

  /** On one line, keys in the order of the records' components. */
  public static String compact(@Nullable Object value) {
    return JsonText.compact(JsonTree.of(value));
  }

  /** Indented by two spaces, keys in the order of the records' components; ends with a line end. */
  public static String pretty(@Nullable Object value) {
    return pretty(value, JsonText::number);
  }

  /** The same with doubles as a function writes them. */
  public static String pretty(@Nullable Object value, DoubleFunction<String> numbers) {
    return JsonText.pretty(JsonTree.of(value), numbers) + "\n";
  }

  /**
   * On one line for every reader, with doubles as Java writes them: U+2028 and U+2029, at which
   * some readers break lines, are escaped. Fingerprints of configs hold this form.
   */
  public static String line(@Nullable Object value) {
    return JsonText.line(JsonTree.of(value));
  }

  /** An object of keys and values in turn, in their order. */
  public static Map<String, @Nullable Object> object(@Nullable Object... keysAndValues) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      object.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
    }
    return object;
  }

  /** The value as maps, lists, texts, numbers and truth values. */
  public static @Nullable Object tree(@Nullable Object value) {
    return JsonTree.of(value);
  }

  /**
   * Parses a text into maps, lists, texts, numbers ({@code Long}, {@code Double}), truth values.
   */
  public static @Nullable Object parse(String text) {
    return parse(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Parses UTF-8 bytes.
   *
   * @throws JsonException if they are not exactly one JSON value
   */
  public static @Nullable Object parse(byte[] bytes) {
    return JsonReader.parse(bytes);
  }

  /** Makes a record of a JSON text; keys that the record does not have are ignored. */
  public static <R extends Record> R read(String text, Class<R> type) {
    return JsonBinder.bind(parse(text), type);
  }

  /** Makes a record of a parsed value; keys that the record does not have are ignored. */
  public static <R extends Record> R bind(@Nullable Object tree, Class<R> type) {
    return JsonBinder.bind(tree, type);
  }
}
