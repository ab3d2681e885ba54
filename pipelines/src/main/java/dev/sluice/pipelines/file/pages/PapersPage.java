package dev.sluice.pipelines.file.pages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The page of papers, in Markdown: what of each a pipeline file can do. */
public final class PapersPage {
  private static final String HEAD =
      """
      # Papers: what a pipeline file can do of each

      Generated from the code. `sluice methods --paper TEXT` prints a paper by its arXiv identifier or title.

      A paper *works from a file* if a pipeline file selects all of what it trains or measures with; the file is named. *In part* and
      *not there* say what is missing, or why. Files of exact results hold inputs and expected values of each method; tests compare them.

      """;

  private final StringBuilder page = new StringBuilder(HEAD);
  private final List<ListedMethod> methods;

  private PapersPage(List<ListedMethod> methods) {
    this.methods = methods;
  }

  /** The page, with a line break at the end. */
  public static String markdown() {
    return new PapersPage(ListedMethod.all()).page(Paper.all());
  }

  private static Map<Paper.Role, String> titles() {
    return new TreeMap<>(
        Map.of(
            Paper.Role.CORE, "Papers that Sluice is built around",
            Paper.Role.METHOD, "Methods",
            Paper.Role.PIPELINE, "Whole pipelines",
            Paper.Role.EVALUATION, "Evaluation",
            Paper.Role.FINDING, "Findings",
            Paper.Role.OTHER_FIELD, "Other fields, of which an idea carries over"));
  }

  private String page(List<Paper> papers) {
    counts(papers);
    titles()
        .forEach(
            (role, title) -> {
              page.append(
                  "\n## %s\n\n| paper | methods | files and exact results | state |\n|---|---|---|---|\n"
                      .formatted(title));
              papers.stream()
                  .filter(paper -> paper.role() == role)
                  .sorted(Comparator.comparing(paper -> paper.state(methods)))
                  .forEach(this::row);
            });
    return page.toString();
  }

  private void counts(List<Paper> papers) {
    page.append("|");
    for (Paper.State state : Paper.State.values()) {
      page.append(" | ").append(state.words());
    }
    page.append(" |\n|---|---|---|---|\n");
    titles()
        .forEach(
            (role, title) -> {
              page.append("| ").append(title);
              for (Paper.State state : Paper.State.values()) {
                page.append(" | ")
                    .append(
                        papers.stream()
                            .filter(paper -> paper.role() == role && paper.state(methods) == state)
                            .count());
              }
              page.append(" |\n");
            });
  }

  private void row(Paper paper) {
    List<ListedMethod> own = paper.methods(methods);
    List<String> files = new ArrayList<>(paper.recipes());
    files.addAll(paper.tests());
    own.stream()
        .map(ListedMethod::golden)
        .filter(golden -> !golden.isEmpty())
        .distinct()
        .forEach(files::add);
    cells(
        "[%s](%s)<br>%s".formatted(paper.title(), paper.url(), paper.idea()),
        own.stream()
            .map(
                each -> "[`%s`](spec/methods.md#%s)".formatted(each.method().name(), each.anchor()))
            .collect(Collectors.joining(" ")),
        links(files),
        paper.missing().isEmpty()
            ? paper.state(methods).words()
            : paper.state(methods).words() + ": " + paper.missing());
  }

  private static String links(List<String> paths) {
    return paths.stream()
        .map(path -> "[%s](../%s)".formatted(path.substring(path.lastIndexOf('/') + 1), path))
        .collect(Collectors.joining(" "));
  }

  private void cells(String... cells) {
    for (String cell : cells) {
      page.append("| ").append(cell.replace("|", "\\|")).append(' ');
    }
    page.append("|\n");
  }
}
