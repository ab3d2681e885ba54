package dev.sluice.export.dataset;

import dev.sluice.export.ExportException;
import dev.sluice.records.RegularFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code --card}: YAML keys between lines of {@code ---} add to or replace those of
 * the card, and the text below them replaces its title and first sentence.
 *
 * @param keys lines of YAML by their top-level key
 * @param text the text; empty to keep the card's
 */
record CardOverride(Map<String, String> keys, String text) {
  private static final String FENCE = "---";
  private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*:.*");

  /** Reads a file; without a file the card stays as it is. */
  static CardOverride of(@Nullable Path file) {
    if (file == null) {
      return new CardOverride(Map.of(), "");
    }
    try {
      RegularFiles.check(file);
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new ExportException(
          "The card '%s' cannot be read (%s). --card names a Markdown file in UTF-8."
              .formatted(file, RegularFiles.why(e)),
          e);
    }
  }

  private static CardOverride parse(String whole) {
    List<String> lines = whole.lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(FENCE)) {
      return new CardOverride(Map.of(), whole.strip());
    }
    int end = 1;
    while (end < lines.size() && !lines.get(end).equals(FENCE)) {
      end++;
    }
    return new CardOverride(
        blocks(lines.subList(1, Math.min(end, lines.size()))),
        String.join("\n", lines.subList(Math.min(end + 1, lines.size()), lines.size())).strip());
  }

  /** Lines by their top-level key. */
  private static Map<String, String> blocks(List<String> lines) {
    Map<String, String> blocks = new LinkedHashMap<>();
    String key = "";
    for (String line : lines) {
      if (KEY.matcher(line).matches()) {
        key = line.substring(0, line.indexOf(':'));
        blocks.put(key, line);
      } else if (!key.isEmpty()) {
        blocks.merge(key, line, (before, more) -> before + "\n" + more);
      }
    }
    return blocks;
  }

  /** The card with these keys and this text. */
  String applied(String card) {
    if (keys.isEmpty() && text.isEmpty()) {
      return card;
    }
    List<String> lines = card.lines().toList();
    int end = 1 + lines.subList(1, lines.size()).indexOf(FENCE);
    Map<String, String> front = blocks(lines.subList(1, end));
    front.putAll(keys);
    List<String> all = new ArrayList<>(List.of(FENCE));
    all.addAll(front.values());
    all.addAll(List.of(FENCE, ""));
    List<String> body = lines.subList(end + 2, lines.size());
    if (text.isEmpty()) {
      all.addAll(body);
    } else {
      all.add(text);
      // Behind the title, an empty line and the first sentence.
      all.addAll(body.subList(3, body.size()));
    }
    return String.join("\n", all) + "\n";
  }
}
