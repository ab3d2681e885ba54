package dev.sluice.stages.filtering;

import dev.sluice.methods.text.Benchmark;
import dev.sluice.stages.filtering.FilterProblemsConfig.BenchmarkFile;
import dev.sluice.stages.synthesis.TextFile;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The texts of some files. A process reads them once for all units of a stage, and keeps them as
 * long as memory allows.
 */
final class Benchmarks {
  private record Known(
      List<BenchmarkFile> files, List<String> stamps, int runWords, double commonShare) {}

  private static @Nullable Known known;
  private static SoftReference<@Nullable Benchmarks> kept = new SoftReference<>(null);

  private final List<BenchmarkFile> files;
  private final List<Benchmark> texts = new ArrayList<>();

  private Benchmarks(List<BenchmarkFile> files, int runWords, double commonShare) {
    this.files = files;
    for (BenchmarkFile file : files) {
      Benchmark benchmark = new Benchmark(runWords, commonShare);
      // A row without the text keeps its place, so that rows are numbered as in the file.
      TextFile.forEach(Path.of(file.path()), file.column(), benchmark::add);
      texts.add(benchmark);
    }
  }

  /**
   * The texts of files.
   *
   * @throws IllegalArgumentException if a file is missing or broken, or has none of the texts
   */
  static synchronized Benchmarks of(FilterProblemsConfig config) {
    List<BenchmarkFile> files = config.benchmarks();
    List<String> stamps = files.stream().map(file -> TextFile.stamp(Path.of(file.path()))).toList();
    Known wanted = new Known(files, stamps, config.runWords(), config.commonShare());
    Benchmarks found = wanted.equals(known) ? kept.get() : null;
    if (found == null) {
      found = new Benchmarks(files, config.runWords(), config.commonShare());
      known = wanted;
      kept = new SoftReference<>(found);
    }
    return found;
  }

  /**
   * A text that a problem was taken for.
   *
   * @param file its name without folders
   * @param row from 0
   * @param share of the shorter text's words that both have in one order
   */
  record Found(String file, int row, double share) {}

  /** What a text of a file is called in tables. */
  static String name(String file, int row) {
    return file + ":" + row;
  }

  /** What a problem was taken for, in the first file that has it; null if in none. */
  @Nullable Found find(String question) {
    for (int i = 0; i < files.size(); i++) {
      Optional<Benchmark.Match> match = texts.get(i).find(question);
      if (match.isPresent()) {
        String name = String.valueOf(Path.of(files.get(i).path()).getFileName());
        return new Found(name, match.get().index(), match.get().share());
      }
    }
    return null;
  }
}
