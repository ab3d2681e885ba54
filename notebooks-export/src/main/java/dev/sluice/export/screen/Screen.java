package dev.sluice.export.screen;

import dev.sluice.export.ExportException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sets of texts that a model is evaluated on, and whether a problem is one of their texts. Sets are
 * asked in the order in which they were added. Not for several threads while sets are added.
 */
public final class Screen {
  private final ScreenRule rule;
  private final List<ScreenSet> sets = new ArrayList<>();

  private Screen(ScreenRule rule) {
    this.rule = rule;
  }

  /** Without any set. */
  public static Screen of(ScreenRule rule) {
    return new Screen(rule);
  }

  /**
   * A set as it was added.
   *
   * @param name its name
   * @param texts its texts that are not blank
   */
  public record SetSize(String name, int texts) {}

  /**
   * A text that a problem was taken for.
   *
   * @param set name of its set
   * @param row its row in the set, from 0
   * @param share of the shorter text's words that both have in one order, above 0 to 1
   * @param text the text
   */
  public record Overlap(String set, int row, double share, String text) {}

  /** Adds texts, such as the problems of an evaluation stage. They keep their places as rows. */
  public void add(String set, Iterable<String> texts) {
    ScreenSet added = new ScreenSet(rule, set);
    texts.forEach(added::add);
    sets.add(added);
  }

  /**
   * Adds the texts of a file.
   *
   * @param file a JSONL, CSV or Parquet file; its ending tells the kind
   * @param column name of the field that holds the text; a dot reaches into an object
   * @throws ExportException if the file is missing, broken, of an unknown kind, without the field
   *     or without any text
   */
  public void addFile(String set, Path file, String column) {
    ScreenSet added = new ScreenSet(rule, set);
    TextColumn.forEach(file, column, added::add);
    sets.add(added);
  }

  /** The sets, in order. */
  public List<SetSize> sets() {
    return sets.stream().map(set -> new SetSize(set.name(), set.size())).toList();
  }

  /**
   * What a question is taken for: in the first set that has it, the text with most in common, the
   * first of equals.
   */
  public Optional<Overlap> find(String question) {
    return sets.stream().flatMap(set -> set.find(question).stream()).findFirst();
  }
}
