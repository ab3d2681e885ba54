package dev.sluice.pipelines.file;

import dev.sluice.pipelines.file.yaml.Mistake;
import dev.sluice.records.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of a pipeline file: a spec, or mistakes. */
public final class LoadResult {
  private final String file;
  private final @Nullable PipelineSpec spec;
  private final List<Mistake> mistakes;
  private final List<Mistake> warnings;

  LoadResult(
      String file, @Nullable PipelineSpec spec, List<Mistake> mistakes, List<Mistake> warnings) {
    this.file = file;
    this.spec = spec;
    this.mistakes = List.copyOf(mistakes);
    this.warnings = List.copyOf(warnings);
  }

  /** The spec; absent if there are mistakes. */
  public Optional<PipelineSpec> spec() {
    return Optional.ofNullable(spec);
  }

  /** The same with what was found outside of the file. */
  public LoadResult with(List<Mistake> moreMistakes, List<Mistake> moreWarnings) {
    List<Mistake> allMistakes = new ArrayList<>(mistakes);
    allMistakes.addAll(moreMistakes);
    List<Mistake> allWarnings = new ArrayList<>(warnings);
    allWarnings.addAll(moreWarnings);
    return new LoadResult(file, moreMistakes.isEmpty() ? spec : null, allMistakes, allWarnings);
  }

  /** The same, after its warnings were told. */
  public LoadResult withoutWarnings() {
    return new LoadResult(file, spec, mistakes, List.of());
  }

  /** All mistakes, in the order of the file; those of the command line last. */
  public List<Mistake> mistakes() {
    return mistakes;
  }

  /** What is no mistake but worth saying. */
  public List<Mistake> warnings() {
    return warnings;
  }

  /** What {@code validate --json} prints. */
  public String json() {
    return Json.line(
        Json.object(
            "file", file,
            "valid", mistakes.isEmpty(),
            "problems", mistakes.stream().map(Mistake::json).toList(),
            "warnings", warnings.stream().map(Mistake::json).toList()));
  }
}
