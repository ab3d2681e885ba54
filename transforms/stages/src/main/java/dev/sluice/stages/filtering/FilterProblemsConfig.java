package dev.sluice.stages.filtering;

import dev.sluice.records.config.Key;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The config block of {@link FilterProblems}. */
public record FilterProblemsConfig(
    @Key(
            value =
                "Files of texts that no problem may be like: those that a model is measured on.",
            byDefault = "[]")
        List<BenchmarkFile> benchmarks,
    @Key(
            value =
                "A problem is taken for a benchmark's text if both share a run of so many words and a subsequence, see below.",
            byDefault = "13",
            min = 1)
        int runWords,
    @Key(
            value =
                "And if their longest common subsequence is more than this share of the shorter one's words.",
            byDefault = "0.6",
            min = 0,
            max = 1)
        double commonShare,
    @Key("When a problem nearly repeats an earlier one; absent: nobody looks for it.")
        @Nullable Alike nearDuplicates,
    @Key(
            "When a problem says the same as an earlier one or as a benchmark's text, in whatever words; absent: nobody looks for it.")
        @Nullable Meaning paraphrases)
    implements Serializable {

  public FilterProblemsConfig {
    benchmarks = List.copyOf(benchmarks);
  }

  /** A file of texts. */
  public record BenchmarkFile(
      @Key(value = "A JSONL, CSV or Parquet file.", refersTo = Key.FILE) String path,
      @Key(
              value = "The column that holds the text; a dot reaches into an object.",
              byDefault = "question")
          String column)
      implements Serializable {}

  /** When two problems are nearly the same. */
  public record Alike(
      @Key(value = "Words of a run.", byDefault = "3", min = 1) int runWords,
      @Key(
              value = "Share of common runs of words from which on the later problem is left out.",
              byDefault = "0.8",
              min = 0,
              minExclusive = true,
              max = 1)
          double similarity)
      implements Serializable {}

  /** When two texts say the same. */
  public record Meaning(
      @Key(value = "The sentence encoder.", refersTo = Key.ENCODER) String encoder,
      @Key(
              value = "Cosine of the texts' vectors from which on the later problem is left out.",
              byDefault = "0.9",
              min = -1,
              max = 1)
          double similarity)
      implements Serializable {}
}
