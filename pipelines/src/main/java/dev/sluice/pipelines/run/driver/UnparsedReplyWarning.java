package dev.sluice.pipelines.run.driver;

import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.records.Printable;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.ParquetRows;
import dev.sluice.records.parquet.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What to say of a stage whose replies are mostly no votes: how many, and what one of them says.
 */
final class UnparsedReplyWarning {
  /** So much of a reply shows its form. */
  private static final int MAX_SHOWN = 160;

  private static final int MAX_READ = 1000;

  private UnparsedReplyWarning() {}

  /** Whether half of the replies or more are no votes. */
  static boolean isMost(Counts counts) {
    return counts.unparsed() > 0 && 2 * counts.unparsed() >= counts.out();
  }

  /**
   * The warning.
   *
   * @param place {@code RUN/STAGE}, for the command that shows more
   */
  static String warning(Counts counts, List<ShardFile> shards, ArtifactStore store, String place) {
    return String.format(
        Locale.ROOT,
        "%,d of %,d replies say nothing that can be read as what was asked for, and do not count. One of them: '%s'. 'sluice inspect %s --where \"parsed = false\" --rows 3 --full' shows more; another prompt, another 'reply' or more tokens may help.",
        counts.unparsed(),
        counts.out(),
        example(shards, store),
        place);
  }

  /** The first of them, shortened and in one line. */
  private static String example(List<ShardFile> shards, ArtifactStore store) {
    List<String> found = new ArrayList<>();
    for (ShardFile shard : shards) {
      if (found.isEmpty() && shard.table().equals(Tables.VERIFICATIONS.name())) {
        ParquetRows.forEach(
            store.file(shard),
            row -> {
              if (Boolean.FALSE.equals(row.get("parsed"))
                  && row.get("text") instanceof String text) {
                found.add(text);
              }
              return found.isEmpty();
            });
      }
    }
    if (found.isEmpty()) {
      return "";
    }
    String text = found.get(0);
    String begin = text.substring(0, Math.min(MAX_READ, text.length()));
    String line = Printable.line(begin.replaceAll("\\s++", " ").strip());
    return line.codePointCount(0, line.length()) <= MAX_SHOWN
        ? line
        : line.substring(0, line.offsetByCodePoints(0, MAX_SHOWN)) + "...";
  }
}
