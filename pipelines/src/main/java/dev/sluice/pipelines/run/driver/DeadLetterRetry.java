package dev.sluice.pipelines.run.driver;

import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which dead letters of a stage another try may mend, and which stay.
 *
 * @param asked how many are asked again
 * @param staying how many stay, by class of error
 */
public record DeadLetterRetry(long asked, Map<String, Long> staying) {
  public DeadLetterRetry {
    staying = Map.copyOf(staying);
  }

  /** The dead letters among the tables of an artifact or of units. */
  public static DeadLetterRetry of(ArtifactStore store, List<ShardFile> tables) {
    long[] asked = {0};
    Map<String, Long> staying = new TreeMap<>();
    for (ShardFile table : tables) {
      if (table.table().equals(Tables.DEAD_LETTERS.name())) {
        store.forEach(
            table,
            Tables.DEAD_LETTERS,
            Set.of(),
            letter -> {
              if (letter.retriable()) {
                asked[0]++;
              } else {
                staying.merge(letter.errorClass(), 1L, Long::sum);
              }
            });
      }
    }
    return new DeadLetterRetry(asked[0], staying);
  }

  /** How many dead letters stay. */
  public long stay() {
    return staying.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * The account in words, such as {@code 3 of 26 dead letters asked again; 23 stay: 23 refused}.
   */
  public String text() {
    String all =
        String.format(
            Locale.ROOT,
            "%,d of %,d dead letter%s asked again",
            asked,
            asked + stay(),
            asked + stay() == 1 ? "" : "s");
    return staying.isEmpty() ? all : all + "; " + staysText();
  }

  /** What stays in words, such as {@code 23 stay: 20 content_filter, 3 too_long}. */
  public String staysText() {
    return String.format(Locale.ROOT, "%,d %s: ", stay(), stay() == 1 ? "stays" : "stay")
        + staying.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(each -> String.format(Locale.ROOT, "%,d %s", each.getValue(), each.getKey()))
            .collect(Collectors.joining(", "));
  }
}
