package dev.sluice.runners.dataset;

import java.util.regex.Pattern;

/** Options of {@code sluice export} in sentences, as the keys that a stage has for them. */
final class KeyWords {
  private static final Pattern VALUE = Pattern.compile("--([a-z-]+) ([0-9][0-9.]*[0-9]|[0-9])");
  private static final Pattern OPTION = Pattern.compile("--option ([a-z_]+)=([A-Za-z]+)");
  private static final Pattern WORD = Pattern.compile("--([a-z][a-z-]*)");

  private KeyWords() {}

  static String of(String sentence) {
    String text = sentence.replace("--with-reference", "'with_reference: true'");
    text = text.replace("--stage", "'input'").replace("--force", "'replace: true'");
    text = OPTION.matcher(text).replaceAll("'options: {$1: $2}'");
    text =
        VALUE
            .matcher(text)
            .replaceAll(found -> "'" + key(found.group(1)) + ": " + found.group(2) + "'");
    return WORD.matcher(text).replaceAll(found -> "'" + key(found.group(1)) + "'");
  }

  private static String key(String option) {
    return option.replace('-', '_');
  }
}
