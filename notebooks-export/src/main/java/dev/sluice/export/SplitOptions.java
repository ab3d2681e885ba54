package dev.sluice.export;

import dev.sluice.export.split.NearRule;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which problems an export takes, and how they are shared out among its parts.
 *
 * @param split the parts
 * @param near when a problem follows an earlier one into its part; null if none does
 * @param stratify the column of problems in which every part gets its share of each value; null for
 *     none
 * @param decontaminate whether problems of the run's evaluation sets are left out
 * @param benchmarks further texts that must not be trained on
 */
public record SplitOptions(
    Split split,
    @Nullable NearRule near,
    @Nullable String stratify,
    boolean decontaminate,
    List<Benchmark> benchmarks) {

  /** Everything in one part, without problems of the run's evaluation sets. */
  public static final SplitOptions TRAIN =
      new SplitOptions(Split.TRAIN, NearRule.DEFAULT, null, true, List.of());

  public SplitOptions {
    benchmarks = List.copyOf(benchmarks);
  }

  /**
   * A file of texts.
   *
   * @param file a JSONL, CSV or Parquet file
   * @param column the column of the texts
   */
  public record Benchmark(Path file, String column) {
    /** Reads {@code FILE} or {@code FILE:COLUMN}; the column is {@code question} by default. */
    public static Benchmark parse(String text) {
      int colon = text.lastIndexOf(':');
      boolean column = colon > 1 && text.indexOf('/', colon) < 0 && text.indexOf('\\', colon) < 0;
      return column
          ? new Benchmark(Path.of(text.substring(0, colon)), text.substring(colon + 1))
          : new Benchmark(Path.of(text), "question");
    }
  }

  /** The same with other parts. */
  public SplitOptions split(Split other) {
    return new SplitOptions(other, near, stratify, decontaminate, benchmarks);
  }

  /** The same without regard to near-duplicates. */
  public SplitOptions ignoringNear() {
    return new SplitOptions(split, null, stratify, decontaminate, benchmarks);
  }

  /** The same with strata. */
  public SplitOptions stratify(String column) {
    return new SplitOptions(split, near, column, decontaminate, benchmarks);
  }

  /** The same with the run's evaluation sets. */
  public SplitOptions contaminated() {
    return new SplitOptions(split, near, stratify, false, benchmarks);
  }

  /** The same with further texts that are kept out. */
  public SplitOptions benchmarks(List<Benchmark> files) {
    return new SplitOptions(split, near, stratify, decontaminate, files);
  }
}
