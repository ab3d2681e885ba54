package dev.sluice.pipelines.file.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the head of a pipeline file under {@code configs/recipes} says of it.
 *
 * @param file its name
 * @param does what it does and what it follows, as sentences
 * @param costs calls to models and minutes; empty if the head does not say
 */
public record Recipe(String file, String does, String costs) {
  private static final Pattern ARXIV = Pattern.compile("\\b(\\d{4}\\.\\d{4,5})\\b");
  private static final String CALLS = "Calls: ";

  /** The recipes of a folder, by name. */
  public static List<Recipe> in(Path folder) throws IOException {
    List<Recipe> recipes = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".yaml")).sorted().toList()) {
        recipes.add(read(file.getFileName().toString(), Files.readAllLines(file)));
      }
    }
    return recipes;
  }

  private static Recipe read(String name, List<String> lines) {
    List<String> does = new ArrayList<>();
    List<String> costs = new ArrayList<>();
    boolean calls = false;
    for (String line : lines) {
      if (!line.startsWith("#")) {
        break;
      }
      String text = line.substring(1).strip();
      calls |= text.startsWith(CALLS);
      if (!text.isEmpty() && !text.startsWith("yaml-language-server")) {
        (calls ? costs : does).add(text.startsWith(CALLS) ? text.substring(CALLS.length()) : text);
      }
    }
    return new Recipe(name, String.join(" ", does), String.join(" ", costs));
  }

  /** The arXiv identifiers that it names. */
  public List<String> arxiv() {
    return ARXIV.matcher(does).results().map(found -> found.group(1)).distinct().toList();
  }

  /** What it does, in Markdown. */
  String linked() {
    return ARXIV
        .matcher(does)
        .replaceAll(found -> "[%1$s](https://arxiv.org/abs/%1$s)".formatted(found.group(1)));
  }
}
