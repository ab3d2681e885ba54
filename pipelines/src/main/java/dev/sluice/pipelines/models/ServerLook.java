package dev.sluice.pipelines.models;

import dev.sluice.models.ServerAccess;
import dev.sluice.models.provider.ModelFinding;
import dev.sluice.pipelines.file.LoadResult;
import dev.sluice.pipelines.file.PipelineSpec;
import dev.sluice.pipelines.file.StageSpec;
import dev.sluice.pipelines.file.yaml.Mistake;
import dev.sluice.pipelines.file.yaml.Position;
import dev.sluice.pipelines.process.WorkerProcess;
import dev.sluice.records.Secrets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A look at the servers of a file's models, before any work: whether the key is there, and whether
 * the model is in the server's list. A server that does not answer is worth a warning alone, since
 * it may be started before a stage asks it.
 */
public final class ServerLook {
  /** For all servers of a file together. */
  private static final Duration BOUND = Duration.ofSeconds(5);

  /**
   * The file with what was found.
   *
   * @param stages names of the stages whose models are looked at
   * @param lists whether servers are asked; otherwise only keys are looked for
   */
  public LoadResult look(LoadResult loaded, Collection<String> stages, boolean lists) {
    if (loaded.spec().isEmpty()) {
      return loaded;
    }
    List<Mistake> mistakes = new ArrayList<>();
    List<Mistake> warnings = new ArrayList<>();
    Map<PipelineSpec.Model, CompletableFuture<List<ModelFinding>>> asked = new LinkedHashMap<>();
    for (PipelineSpec.Model model : used(loaded.spec().get(), stages)) {
      ServerAccess server = model.provider().server().orElseThrow();
      List<ModelFinding> missing = server.missing();
      for (ModelFinding finding : missing) {
        (finding.mistake() ? mistakes : warnings).add(mistake(model, finding));
      }
      if (lists && missing.isEmpty()) {
        asked.put(model, server.look(model.name(), BOUND, WorkerProcess.current().models()));
      }
    }
    asked.forEach(
        (model, findings) -> {
          for (ModelFinding finding : findings.join()) {
            (finding.mistake() ? mistakes : warnings).add(mistake(model, finding));
          }
        });
    return loaded.with(mistakes, warnings);
  }

  /** The models behind servers that stages use. */
  private static List<PipelineSpec.Model> used(PipelineSpec spec, Collection<String> stages) {
    List<String> names =
        spec.stages().stream()
            .filter(stage -> stages.contains(stage.name()))
            .flatMap(stage -> stage.models().stream())
            .map(StageSpec.Mentioned::name)
            .toList();
    return spec.models().values().stream()
        .filter(model -> model.provider().server().isPresent() && names.contains(model.name()))
        .toList();
  }

  private static Mistake mistake(PipelineSpec.Model model, ModelFinding finding) {
    Position at = model.at(finding.key());
    return new Mistake(
        at.file(),
        at.line(),
        at.column(),
        "models.%s.%s".formatted(model.name(), finding.key()),
        null,
        Secrets.hidden(finding.message()),
        null);
  }
}
