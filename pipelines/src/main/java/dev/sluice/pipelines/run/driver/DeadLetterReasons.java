package dev.sluice.pipelines.run.driver;

import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Why rows of a stage are dead: each reason with its number of rows and one row as an example. */
public final class DeadLetterReasons {
  private static final int MAX_SHOWN = 5;

  /** Messages may name what nobody foresaw; from here on they are counted as one. */
  private static final int MAX_KEPT = 1_000;

  private static final int MAX_MESSAGE = 400;
  private static final int MAX_VALUE = 240;

  /** What differs from row to row in messages of one kind: quoted values, ids and numbers. */
  private static final Pattern VARIABLE =
      Pattern.compile("'[^']{0,200}'|\"[^\"]{0,200}\"|\\b[0-9a-f]{8,64}\\b|\\d{1,40}");

  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}]{1,200}");

  private final Map<String, Reason> reasons = new LinkedHashMap<>();
  private long mendable;

  /**
   * One reason.
   *
   * @param errorClass its short name
   * @param rows how many rows are dead of it
   * @param example the first of them
   */
  public record Reason(String errorClass, long rows, DeadLetter example) {}

  private DeadLetterReasons() {}

  /** The reasons of all dead letters among some tables. */
  public static DeadLetterReasons read(ArtifactStore store, List<ShardFile> tables) {
    DeadLetterReasons reasons = new DeadLetterReasons();
    for (ShardFile table : tables) {
      if (table.table().equals(Tables.DEAD_LETTERS.name())) {
        store.forEach(table, Tables.DEAD_LETTERS, Set.of(), reasons::add);
      }
    }
    return reasons;
  }

  /** The reasons of some dead letters. */
  static DeadLetterReasons count(List<DeadLetter> letters) {
    DeadLetterReasons reasons = new DeadLetterReasons();
    letters.forEach(reasons::add);
    return reasons;
  }

  private void add(DeadLetter letter) {
    mendable += letter.retriable() ? 1 : 0;
    String message = cut(letter.errorMessage().replace(letter.recordId(), "#"), MAX_MESSAGE);
    String kind = letter.errorClass() + " " + VARIABLE.matcher(message).replaceAll("#");
    String key = reasons.containsKey(kind) || reasons.size() < MAX_KEPT ? kind : "";
    reasons.merge(
        key,
        new Reason(letter.errorClass(), 1, letter),
        (before, one) -> new Reason(before.errorClass(), before.rows() + 1, before.example()));
  }

  /** How many rows another try may mend. */
  public long mendable() {
    return mendable;
  }

  /** All of them, those with most rows first. */
  public List<Reason> mostFirst() {
    List<Reason> sorted = new ArrayList<>(reasons.values());
    sorted.sort(Comparator.comparingLong(Reason::rows).reversed());
    return sorted;
  }

  /**
   * The most frequent reasons for people: three lines each, for the count, the record and its
   * value. Empty if there are none.
   */
  public String text() {
    StringBuilder text = new StringBuilder();
    List<Reason> all = mostFirst();
    for (Reason reason : all.subList(0, Math.min(MAX_SHOWN, all.size()))) {
      DeadLetter example = reason.example();
      text.append(
          String.format(
              Locale.ROOT,
              "%n  %,d %s (%s): %s%n    for example the record %s: %s",
              reason.rows(),
              reason.rows() == 1 ? "row" : "rows",
              reason.errorClass(),
              line(example.errorMessage(), MAX_MESSAGE),
              example.recordId(),
              line(example.failedRow(), MAX_VALUE)));
    }
    long others = all.stream().skip(MAX_SHOWN).mapToLong(Reason::rows).sum();
    if (others > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "%n  %,d rows for %,d other reasons",
              others,
              (long) all.size() - MAX_SHOWN));
    }
    return text.toString();
  }

  /** A text on one line, without control characters, that is not too long. */
  private static String line(String text, int most) {
    String cut = cut(text, most);
    return BLANKS.matcher(cut).replaceAll(" ").strip()
        + (cut.length() < text.length() ? "..." : "");
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }
}
