package dev.sluice.pipelines.file.pages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the head of a pipeline file under {@code configs/recipes} says of it.
 *
 * @param file its name
 * @param does what it does, as sentences
 * @param papers the papers that it follows, with their arXiv identifiers
 * @param costs calls to models and minutes
 */
public record Recipe(String file, String does, String papers, String costs) {
  private static final Pattern ARXIV = Pattern.compile("(?:arXiv )?\\b(\\d{4}\\.\\d{4,5})\\b");

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
    StringBuilder does = new StringBuilder();
    StringBuilder papers = new StringBuilder();
    StringBuilder costs = new StringBuilder();
    StringBuilder part = does;
    for (String line : lines) {
      if (!line.startsWith("#")) {
        break;
      }
      String text = line.substring(1).strip();
      if (text.startsWith("yaml-language-server")) {
        continue;
      }
      Matcher title = Pattern.compile("(Papers?|Calls): (.*)").matcher(text);
      if (title.matches()) {
        part = title.group(1).equals("Calls") ? costs : papers;
        text = title.group(2);
      }
      part.append(part.isEmpty() || text.isEmpty() ? "" : " ").append(text);
    }
    return new Recipe(name, does.toString(), papers.toString(), costs.toString());
  }

  /** The arXiv identifiers that it names. */
  public List<String> arxiv() {
    return ARXIV.matcher(papers).results().map(found -> found.group(1)).distinct().toList();
  }

  /** The papers with their identifiers as links, in Markdown. */
  String linkedPapers() {
    return ARXIV
        .matcher(papers)
        .replaceAll(found -> "[arXiv %1$s](https://arxiv.org/abs/%1$s)".formatted(found.group(1)));
  }
}
