package dev.sluice.stages.filtering;

import dev.sluice.models.Embedder;
import dev.sluice.models.Embedding;
import dev.sluice.records.Problem;
import dev.sluice.records.TextVector;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.Unit;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.synthesis.TextFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The vectors of some texts: of a shard of problems, or of a benchmark's file. */
final class EmbedUnit {
  /** The place of a benchmark in the config. */
  record Parameters(int file) implements Unit.Parameters {}

  /** Texts between two words of progress. */
  private static final int GROUP = 100;

  private final FilterProblemsConfig config;
  private final UnitContext context;

  EmbedUnit(FilterProblemsConfig config, UnitContext context) {
    this.config = config;
    this.context = context;
  }

  void problems() {
    List<Problem> problems = context.read(FilterProblems.PROBLEMS, Tables.PROBLEMS);
    embed(
        problems.stream().map(Problem::problemId).toList(),
        problems.stream().map(Problem::question).toList());
  }

  void benchmark() {
    FilterProblemsConfig.BenchmarkFile file =
        config.benchmarks().get(context.unit().parameters(Parameters.class).file());
    Path path = Path.of(file.path());
    List<String> names = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    int[] row = new int[1];
    TextFile.forEach(
        path,
        file.column(),
        text -> {
          // A row without the text is like no problem.
          if (!text.isBlank()) {
            names.add(Benchmarks.name(String.valueOf(path.getFileName()), row[0]));
            texts.add(text);
          }
          row[0]++;
        });
    embed(names, texts);
  }

  private void embed(List<String> ids, List<String> texts) {
    context.begin(Tables.TEXT_VECTORS);
    Embedder embedder = context.embedder(Objects.requireNonNull(config.paraphrases()).encoder());
    for (int from = 0; from < texts.size(); from += GROUP) {
      int to = Math.min(texts.size(), from + GROUP);
      List<Embedding> embeddings = embedder.embed(texts.subList(from, to));
      for (int i = from; i < to; i++) {
        List<Float> vector = new ArrayList<>();
        for (float number : embeddings.get(i - from).vector()) {
          vector.add(number);
        }
        context.write(Tables.TEXT_VECTORS, new TextVector(ids.get(i), vector));
      }
      context.progress(to - from, texts.size());
    }
    context.count(Counts.NONE);
  }
}
