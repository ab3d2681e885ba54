package dev.sluice.pipelines.file.yaml;

import org.jspecify.annotations.Nullable;

/** Writes one JSON object, key by key, in the order of the calls. */
public final class JsonObject {
  private final StringBuilder text = new StringBuilder("{");

  public JsonObject put(String key, @Nullable String value) {
    return raw(key, value == null ? "null" : quote(value));
  }

  public JsonObject put(String key, long value) {
    return raw(key, Long.toString(value));
  }

  public JsonObject put(String key, boolean value) {
    return raw(key, Boolean.toString(value));
  }

  /** A value that is JSON already. */
  public JsonObject raw(String key, String json) {
    if (text.length() > 1) {
      text.append(',');
    }
    quote(text, key);
    text.append(':').append(json);
    return this;
  }

  boolean isEmpty() {
    return text.length() == 1;
  }

  @Override
  public String toString() {
    return text + "}";
  }

  public static String array(Iterable<?> jsonValues) {
    StringBuilder list = new StringBuilder("[");
    for (Object value : jsonValues) {
      if (list.length() > 1) {
        list.append(',');
      }
      list.append(value);
    }
    return list.append(']').toString();
  }

  public static String strings(Iterable<String> values) {
    StringBuilder list = new StringBuilder("[");
    for (String value : values) {
      if (list.length() > 1) {
        list.append(',');
      }
      quote(list, value);
    }
    return list.append(']').toString();
  }

  public static String quote(String value) {
    StringBuilder quoted = new StringBuilder(value.length() + 2);
    quote(quoted, value);
    return quoted.toString();
  }

  private static void quote(StringBuilder out, String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || c == 0x2028 || c == 0x2029) {
            out.append("\\u").append(HEX[c >> 12]).append(HEX[(c >> 8) & 15]);
            out.append(HEX[(c >> 4) & 15]).append(HEX[c & 15]);
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static final char[] HEX = "0123456789abcdef".toCharArray();
}
