package dev.sluice.pipelines.plan;

import dev.sluice.models.builtin.EngineVersion;
import dev.sluice.models.provider.Capability;
import dev.sluice.models.provider.ModelProvider;
import dev.sluice.pipelines.file.PipelineSpec;
import dev.sluice.pipelines.file.StageSpec;
import dev.sluice.pipelines.file.StageSpec.Mentioned;
import dev.sluice.pipelines.plan.PlannedStage.Action;
import dev.sluice.pipelines.run.worker.ModelReference;
import dev.sluice.pipelines.run.worker.ReadyStage;
import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.records.manifest.Manifest;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.stages.Wiring.Port;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says of each stage what will be done with it, and why. Reads manifests and hashes what lies
 * outside; opens no model and starts nothing.
 *
 * <p>A stage is reused if an artifact with its fingerprint is there. The fingerprint covers
 * contents alone: what the stages before it really wrote, not how they came to write it.
 */
public final class Planner {
  private final PipelineSpec spec;
  private final ArtifactStore store;
  private final ContentHasher contents = new ContentHasher();
  private final PreviousRuns history;

  public Planner(PipelineSpec spec, ArtifactStore store) {
    this.spec = spec;
    this.store = store;
    this.history = new PreviousRuns(store);
  }

  /**
   * The plan of some stages.
   *
   * @param chosen their names, in the order of the file
   */
  public Plan plan(List<String> chosen) {
    Set<String> wanted = new HashSet<>(chosen);
    Map<String, CommittedStage> committed = new LinkedHashMap<>();
    List<PlannedStage> stages = new ArrayList<>();
    boolean referenceFree = true;
    for (StageSpec stage : spec.stages()) {
      if (!wanted.contains(stage.name()) && !needed(stage.name(), wanted)) {
        continue;
      }
      PlannedStage planned = planned(stage, committed);
      referenceFree &= stage.wiring().referenceFree();
      if (wanted.contains(stage.name())) {
        stages.add(planned);
      } else if (!committed.containsKey(stage.name())) {
        throw new MissingStageException(
            "Stage '%s' is needed, but is not among the stages chosen and has no artifact yet (%s). Run it first: leave out --only, or use --until."
                .formatted(stage.name(), planned.reason()));
      }
    }
    return new Plan(stages, referenceFree);
  }

  /** Whether a chosen stage reads something of the stage, directly or through others. */
  private boolean needed(String name, Set<String> wanted) {
    return spec.stages().stream()
        .filter(stage -> wanted.contains(stage.name()))
        .anyMatch(stage -> sources(stage).contains(name));
  }

  private Set<String> sources(StageSpec stage) {
    Set<String> sources = new HashSet<>(stage.inputs().values());
    stage.models().forEach(model -> sources.add(model.name()));
    for (String name : List.copyOf(sources)) {
      StageSpec source = spec.stage(name);
      if (source != null) {
        sources.addAll(sources(source));
      }
    }
    return sources;
  }

  /** What will be done with a stage; if its artifact is there, it is among those committed. */
  private PlannedStage planned(StageSpec stage, Map<String, CommittedStage> committed) {
    Function<Map<String, CommittedStage>, ReadyStage> preparation =
        earlier -> {
          Map<String, CommittedStage> all = new HashMap<>(committed);
          all.putAll(earlier);
          return ready(stage, all);
        };
    List<String> waiting = new ArrayList<>();
    for (String source : direct(stage)) {
      if (!committed.containsKey(source)) {
        waiting.add("'" + source + "'");
      }
    }
    if (!waiting.isEmpty()) {
      String reason =
          "%s %s first; if the rows turn out equal, this is reused"
              .formatted(String.join(", ", waiting), waiting.size() == 1 ? "runs" : "run");
      return estimate(stage, null, Action.RUN, reason, preparation);
    }
    FingerprintInputs parts = parts(stage, committed);
    String fingerprint = parts.fingerprint(stage.texts().decisive());
    Optional<Artifact> artifact = store.find(stage.type().name(), fingerprint);
    if (artifact.isPresent()) {
      CommittedStage reused = new CommittedStage(stage.name(), artifact.get());
      committed.put(stage.name(), reused);
      return new PlannedStage(
          stage.name(),
          stage.type().name(),
          fingerprint,
          Action.REUSE,
          "nothing changed"
              + KernelsElsewhere.note(reused.manifest(), spec.numerics())
              + damaged(stage, fingerprint, artifact),
          reused.manifest().rows(),
          0L,
          0L,
          0L,
          0.0,
          0.0,
          preparation);
    }
    if (store.begun(stage.type().name(), fingerprint)) {
      String reason =
          damaged(stage, fingerprint, artifact).isEmpty()
              ? "an earlier run left it unfinished; finished shards are kept"
              : "finished shards are kept" + damaged(stage, fingerprint, artifact);
      return estimate(stage, fingerprint, Action.RESUME, reason, preparation);
    }
    Optional<Manifest> last = history.last(stage.name(), stage.type().name());
    String changes =
        last.map(before -> Reasons.changed(PreviousRuns.parts(before), parts)).orElse("");
    Optional<Reasons.Growth> growth =
        last.flatMap(before -> growth(before, parts, stage.texts().semanticOfUnit()));
    String reason =
        (changes.isEmpty() ? "no artifact yet" : changes)
            + growth.map(grown -> "; the first %d are kept".formatted(grown.from())).orElse("");
    PlannedStage estimate = estimate(stage, fingerprint, Action.RUN, reason, preparation);
    return growth.map(grown -> estimate.grown(grown.from(), grown.to())).orElse(estimate);
  }

  /** Says which manifests of newer attempts cannot be read, which then count for nothing. */
  private String damaged(StageSpec stage, String fingerprint, Optional<Artifact> found) {
    return store.unreadable(stage.type().name(), fingerprint, found).stream()
        .map(
            damage ->
                "; %s is damaged: expected %s, found %s"
                    .formatted(damage.path(), damage.expected(), damage.actual()))
        .collect(Collectors.joining());
  }

  /** What grew, if the units that hold the smaller number are still there. */
  private Optional<Reasons.Growth> growth(
      Manifest before, FingerprintInputs now, Map<String, ?> unit) {
    return Reasons.growth(PreviousRuns.parts(before), now, unit)
        .filter(grown -> before.units().stream().allMatch(each -> store.units().has(each.key())));
  }

  /** The stages that a stage reads tables or models of. */
  private Set<String> direct(StageSpec stage) {
    Set<String> sources = new TreeSet<>(stage.inputs().values());
    for (Mentioned model : stage.models()) {
      if (!spec.models().containsKey(model.name())) {
        sources.add(model.name());
      }
    }
    return sources;
  }

  private PlannedStage estimate(
      StageSpec stage,
      @Nullable String fingerprint,
      Action action,
      String reason,
      Function<Map<String, CommittedStage>, ReadyStage> preparation) {
    Optional<Manifest> last = history.last(stage.name(), stage.type().name());
    return new PlannedStage(
        stage.name(),
        stage.type().name(),
        fingerprint,
        action,
        reason,
        last.map(manifest -> manifest.counts().expected()).orElse(null),
        last.map(manifest -> manifest.usage().calls()).orElse(null),
        last.map(manifest -> manifest.usage().promptTokens()).orElse(null),
        last.map(manifest -> manifest.usage().completionTokens()).orElse(null),
        last.map(manifest -> manifest.usage().costUsd()).orElse(null),
        last.map(Manifest::seconds).orElse(null),
        preparation);
  }

  private FingerprintInputs parts(StageSpec stage, Map<String, CommittedStage> committed) {
    Map<String, String> models = new TreeMap<>();
    for (Mentioned model : stage.models()) {
      models.put(model.key(), reference(model.name(), committed).revision());
    }
    Map<String, String> files = new TreeMap<>();
    for (Mentioned file : stage.files()) {
      files.put(file.key(), contents.ofFile(file.name()));
    }
    Map<String, String> inputs = new TreeMap<>();
    stage
        .inputs()
        .forEach(
            (port, name) ->
                inputs.put(port, committed(committed, name).manifest().digest(table(stage, port))));
    PluginJars plugins = new PluginJars(contents).with(stage.type()).withParts(stage.config());
    stage.services().forEach(plugins::with);
    providers(stage).forEach(plugins::withParts);
    return new FingerprintInputs(
        stage.type().name(),
        stage.behaviourVersion(),
        stage.texts().semantic(),
        spec.seed(),
        models,
        files,
        computesHere(stage) ? EngineVersion.NATIVE : "",
        plugins.hashes(),
        inputs);
  }

  /** Whether a model of the stage computes in this program, with its native engine. */
  private boolean computesHere(StageSpec stage) {
    List<ModelProvider> providers = providers(stage);
    return stage.wiring().writesModel()
        || providers.size() < stage.models().size()
        || providers.stream()
            .anyMatch(each -> each.capabilities().contains(Capability.COMPUTES_HERE));
  }

  /** The providers of the stage's models, but of those that earlier stages leave. */
  private List<ModelProvider> providers(StageSpec stage) {
    return stage.models().stream()
        .flatMap(model -> Optional.ofNullable(spec.models().get(model.name())).stream())
        .map(PipelineSpec.Model::provider)
        .toList();
  }

  private static Artifact committed(Map<String, CommittedStage> committed, String name) {
    CommittedStage found = committed.get(name);
    if (found == null) {
      throw new MissingStageException(
          "Stage '%s' is needed, but has no artifact yet. Run it first.".formatted(name));
    }
    return found.artifact();
  }

  private static String table(StageSpec stage, String port) {
    for (Port each : stage.wiring().reads()) {
      if (each.name().equals(port)) {
        return each.table();
      }
    }
    throw new IllegalStateException(
        "Stage '%s' has no port '%s', though the file fills it.".formatted(stage.name(), port));
  }

  private ModelReference reference(String name, Map<String, CommittedStage> committed) {
    PipelineSpec.Model entry = spec.models().get(name);
    if (entry != null) {
      return contents.ofModel(entry);
    }
    ModelFolder model =
        committed(committed, name)
            .model()
            .orElseThrow(
                () -> new MissingStageException("Stage '%s' left no model.".formatted(name)));
    return ModelReference.made(store.workspace().file(model.path()).local(), model);
  }

  /** A stage all of whose inputs are committed. */
  private ReadyStage ready(StageSpec stage, Map<String, CommittedStage> committed) {
    FingerprintInputs parts = parts(stage, committed);
    Map<String, List<ShardFile>> inputs = new TreeMap<>();
    Map<String, Manifest.Input> origins = new TreeMap<>();
    stage
        .inputs()
        .forEach(
            (port, name) -> {
              Artifact source = committed(committed, name);
              String table = table(stage, port);
              inputs.put(port, source.shards(table));
              origins.put(port, source.input(table));
            });
    Map<String, ModelReference> models = new TreeMap<>();
    stage.models().forEach(model -> models.put(model.name(), reference(model.name(), committed)));
    List<String> writes = stage.wiring().writes();
    boolean leavesModelAlone = stage.wiring().writesModel() && !writes.contains("rollouts");
    return new ReadyStage(
        stage.name(),
        stage.type().name(),
        stage.stage(),
        stage.wiring(),
        spec.seed(),
        parts.fingerprint(stage.texts().decisive()),
        parts.own(stage.texts().decisive()),
        parts.own(stage.texts().decisiveOfUnit()),
        inputs,
        models,
        stage.errorHandling().threshold(),
        new ReadyStage.Origin(
            stage.behaviourVersion(),
            leavesModelAlone || writes.isEmpty() ? null : writes.get(0),
            parts.config(),
            origins,
            PreviousRuns.models(parts),
            versions(parts)),
        ReadyStage.ALL_REPLIES);
  }

  private static Map<String, String> versions(FingerprintInputs parts) {
    Map<String, String> versions = new TreeMap<>();
    versions.put("sluice", EngineVersion.SLUICE);
    versions.put("java", Runtime.version().toString());
    if (!parts.engine().isEmpty()) {
      versions.put(PreviousRuns.ENGINE, parts.engine());
    }
    parts.plugins().forEach((jar, hash) -> versions.put(PreviousRuns.PLUGIN + jar, hash));
    return versions;
  }
}
