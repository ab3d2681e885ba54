package dev.sluice.stages.filtering;

import dev.sluice.records.config.Key;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The config block of {@link FilterProblems}. */
public record FilterProblemsConfig(
    @Key(
            value = "Benchmark files. Problems that overlap with their texts are removed.",
            byDefault = "[]")
        List<BenchmarkFile> benchmarks,
    @Key(
            value =
                "A problem overlaps with a benchmark text if they share this many consecutive words and also fulfil `common_share`.",
            byDefault = "13",
            min = 1)
        int runWords,
    @Key(
            value =
                "The longest common subsequence must be longer than this share of the words of the shorter text.",
            byDefault = "0.6",
            min = 0,
            max = 1)
        double commonShare,
    @Key("Removes problems that nearly repeat an earlier one. Default: they are kept.")
        @Nullable Alike nearDuplicates,
    @Key(
            "Removes problems that paraphrase an earlier problem or a benchmark text. Default: they are kept.")
        @Nullable Meaning paraphrases)
    implements Serializable {

  public FilterProblemsConfig {
    benchmarks = List.copyOf(benchmarks);
  }

  /** A file of texts. */
  public record BenchmarkFile(
      @Key(value = "A JSONL, CSV or Parquet file.", refersTo = Key.FILE) String path,
      @Key(
              value = "Column of the text. A dot selects a field of an object.",
              byDefault = "question")
          String column)
      implements Serializable {}

  /** When two problems are nearly the same. */
  public record Alike(
      @Key(value = "Length of the word n-grams that are compared.", byDefault = "3", min = 1)
          int runWords,
      @Key(
              value =
                  "Jaccard similarity of the n-grams from which on the later problem is removed.",
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
              value =
                  "Cosine similarity of the embeddings from which on the later problem is removed.",
              byDefault = "0.9",
              min = -1,
              max = 1)
          double similarity)
      implements Serializable {}
}
