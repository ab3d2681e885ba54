package dev.sluice.export.dataset;

import dev.sluice.export.Artifact;
import dev.sluice.export.ExportSource;
import dev.sluice.export.RunView;
import dev.sluice.export.SplitOptions;
import dev.sluice.export.screen.Screen;
import dev.sluice.export.screen.ScreenRule;
import dev.sluice.records.Problem;
import dev.sluice.records.parquet.Tables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The texts that must not be trained on: the problems that stages of the run evaluate on, and files
 * that the person names.
 */
final class EvaluationSets {
  /** Ports through which stages read problems for evaluation, by type. */
  private static final Map<String, List<String>> PORTS =
      Map.of("Evaluate", List.of("problems", "dev_problems"), "UpdatePolicy", List.of("dev"));

  private EvaluationSets() {}

  /**
   * The screen of an export.
   *
   * @param exported the problems that are exported, which are no evaluation set of themselves
   */
  static Screen screen(SplitOptions options, ExportSource source, @Nullable Artifact exported) {
    Screen screen = Screen.of(ScreenRule.DEFAULT);
    if (options.decontaminate()) {
      sets(source.run())
          .forEach(
              (folder, set) -> {
                if (exported == null || !folder.equals(exported.folder())) {
                  source.use(set, "problems");
                  screen.add(source.name(set), questions(set));
                }
              });
    }
    for (SplitOptions.Benchmark benchmark : options.benchmarks()) {
      screen.addFile(
          String.valueOf(benchmark.file().getFileName()), benchmark.file(), benchmark.column());
    }
    return screen;
  }

  private static Map<Path, Artifact> sets(RunView run) {
    Map<Path, Artifact> sets = new LinkedHashMap<>();
    run.evaluated().forEach(set -> sets.put(set.folder(), set));
    for (RunView.Stage stage : run.stages()) {
      Artifact artifact = stage.artifact();
      for (String port : PORTS.getOrDefault(stage.type(), List.of())) {
        Optional<Artifact> set = artifact == null ? Optional.empty() : artifact.input(port);
        set.filter(each -> each.wrote("problems")).ifPresent(each -> sets.put(each.folder(), each));
      }
    }
    return sets;
  }

  private static List<String> questions(Artifact set) {
    List<String> questions = new ArrayList<>();
    set.manifest()
        .shards("problems")
        .forEach(
            shard ->
                set.forEach(
                    shard,
                    Tables.PROBLEMS,
                    Set.of("reference_answer"),
                    (Problem problem) -> questions.add(problem.question())));
    return questions;
  }
}
