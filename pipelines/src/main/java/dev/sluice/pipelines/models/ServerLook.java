package dev.sluice.pipelines.models;

import dev.sluice.models.OpenAiSpec;
import dev.sluice.models.openai.OpenAiModels;
import dev.sluice.models.openai.ServerFinding;
import dev.sluice.pipelines.file.Loaded;
import dev.sluice.pipelines.file.Mistake;
import dev.sluice.pipelines.file.PipelineSpec;
import dev.sluice.pipelines.file.Position;
import dev.sluice.records.Secrets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A look at the servers of a file's models, before any work: whether the key is there, and whether
 * the model is in the server's list. A server that does not answer is worth a warning alone, since
 * it may be started before a stage asks it.
 */
public final class ServerLook {
  /** For all servers of a file together. */
  private static final Duration BOUND = Duration.ofSeconds(5);

  private final OpenAiModels servers = new OpenAiModels();

  /**
   * The file with what was found.
   *
   * @param stages names of the stages whose models are looked at
   * @param lists whether servers are asked; otherwise only keys are looked for
   */
  public Loaded look(Loaded loaded, Collection<String> stages, boolean lists) {
    if (loaded.spec().isEmpty()) {
      return loaded;
    }
    List<Mistake> mistakes = new ArrayList<>();
    List<Mistake> warnings = new ArrayList<>();
    Map<PipelineSpec.Model, CompletableFuture<List<ServerFinding>>> asked = new LinkedHashMap<>();
    for (PipelineSpec.Model model : used(loaded.spec().get(), stages)) {
      OpenAiSpec server = (OpenAiSpec) model.spec();
      Optional<ServerFinding> noKey = servers.keyMissing(server);
      if (noKey.isPresent()) {
        mistakes.add(mistake(model, noKey.get()));
      } else if (lists) {
        asked.put(model, servers.look(model.name(), server, BOUND));
      }
    }
    asked.forEach(
        (model, findings) -> {
          for (ServerFinding finding : findings.join()) {
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
            .map(PipelineSpec.Mentioned::name)
            .toList();
    return spec.models().values().stream()
        .filter(model -> model.spec() instanceof OpenAiSpec && names.contains(model.name()))
        .toList();
  }

  private static Mistake mistake(PipelineSpec.Model model, ServerFinding finding) {
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
