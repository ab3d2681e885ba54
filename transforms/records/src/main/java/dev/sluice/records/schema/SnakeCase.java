package dev.sluice.records.schema;

/** Names of columns and keys, made of the names of record components. */
public final class SnakeCase {
  private SnakeCase() {}

  /** {@code maxTokens} to {@code max_tokens}. */
  public static String of(String camelCase) {
    StringBuilder name = new StringBuilder(camelCase.length() + 4);
    for (int i = 0; i < camelCase.length(); i++) {
      char c = camelCase.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        if (i > 0) {
          name.append('_');
        }
        name.append((char) (c + 32));
      } else {
        name.append(c);
      }
    }
    return name.toString();
  }
}
