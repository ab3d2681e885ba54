package dev.sluice.pipelines.file;

import dev.sluice.models.numerics.NumericsMode;
import dev.sluice.models.provider.ModelFinding;
import dev.sluice.models.provider.ModelProvider;
import dev.sluice.parts.Registry;
import dev.sluice.pipelines.file.check.FitCheck;
import dev.sluice.pipelines.file.check.ModelCheck;
import dev.sluice.pipelines.file.check.PathCheck;
import dev.sluice.pipelines.file.check.Reference;
import dev.sluice.pipelines.file.check.ScheduleCheck;
import dev.sluice.pipelines.file.check.StageDraft;
import dev.sluice.pipelines.file.check.WiringCheck;
import dev.sluice.pipelines.file.yaml.Findings;
import dev.sluice.pipelines.file.yaml.Position;
import dev.sluice.pipelines.file.yaml.YamlNode;
import dev.sluice.records.config.Durations;
import dev.sluice.records.config.Key;
import dev.sluice.records.json.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From the parsed document to the spec; every mistake on the way is among the findings. */
public final class FileBinder {
  /** The keys of a file beside those of {@link Head}. */
  static final Set<String> BLOCKS = Set.of("models", "pipeline", "schedule", "budget", "alerts");

  private static final Set<String> BEAM_ONLY = Set.of("providers", "options", "tests");

  private final Registry registry;
  private final BaseFolders folders;
  private final boolean looks;
  private final Map<String, List<Reference>> directories = new LinkedHashMap<>();
  private final Findings findings;
  private final Canonical canonical;
  private final Canonical decisive;
  private final Map<String, Position> modelPlaces = new LinkedHashMap<>();
  private final Map<String, PipelineSpec.Model> models = new LinkedHashMap<>();

  /** The single values at the top of a file. */
  public record Head(
      @Key("Name of the pipeline. Default: the file's name.") @Nullable String name,
      @Key(value = "Seed of all random numbers of a run.", byDefault = "0") long seed,
      @Key(
              value =
                  "Math kernels for models in this process: `native` (the math library's own choice for the processor), `portable` (bit-identical on Intel and AMD) or `fastest`. Default: the environment variable SLUICE_NUMERICS, or `native`.",
              tuning = true)
          @Nullable NumericsMode numerics) {}

  /**
   * A binder of one file.
   *
   * @param looks whether files and directories that it names are looked at
   */
  FileBinder(Registry registry, BaseFolders folders, boolean looks, Findings findings) {
    this.registry = registry;
    this.folders = folders;
    this.looks = looks;
    this.findings = findings;
    this.canonical = Canonical.complete(folders.shown(), Canonical.Scope.ALL);
    this.decisive = Canonical.withoutDefaults(folders.shown(), Canonical.Scope.STAGE);
    this.stages = new StageBinder(StageTypes.of(registry), folders, findings);
  }

  private final StageBinder stages;

  /** The spec; null if there were mistakes. */
  @Nullable PipelineSpec bind(String file, @Nullable YamlNode root) {
    if (root == null || (root instanceof YamlNode.Scalar scalar && scalar.isNull())) {
      Position start = new Position(file, 1, 1);
      findings.mistake(start, "", null, "the file is empty; it needs the key 'pipeline'", null);
      return null;
    }
    if (!(root instanceof YamlNode.Mapping top)) {
      findings.mistake(root, "must be a block of keys such as 'pipeline:', but is " + root.shown());
      return null;
    }
    Head head = head(top);
    YamlNode.Mapping modelBlock = block(top, "models");
    if (modelBlock != null) {
      modelBlock.entries().forEach(this::model);
    }
    List<StageDraft> drafts = pipeline(top);
    new WiringCheck(drafts, StageTypes.of(registry), findings).check();
    new FitCheck(registry, stages).check(drafts);
    Map<String, ModelProvider> providers = new LinkedHashMap<>();
    models.forEach((name, model) -> providers.put(name, model.provider()));
    new ModelCheck(drafts, modelPlaces, providers, findings).check();
    besideTrainings(drafts);
    Schedule schedule = settings(Schedule.class, top, "schedule");
    Budget budget = settings(Budget.class, top, "budget");
    List<Alert> alerts = alerts(top);
    if (budget != null && budget.usd() != null) {
      prices();
    }
    warn(drafts);
    if (looks && findings.count() == 0) {
      PathCheck outside = new PathCheck(folders, findings);
      drafts.forEach(draft -> stages.look(draft, outside));
      directories.forEach(
          (name, mentions) -> {
            if (uses(drafts, name) && outside.look(mentions)) {
              look(Objects.requireNonNull(models.get(name)));
            }
          });
    }
    if (findings.count() > 0 || head == null) {
      return null;
    }
    List<StageSpec> specs = drafts.stream().map(stages::spec).toList();
    String name = head.name() == null ? stem(file) : head.name();
    return new PipelineSpec(
        file, name, head.seed(), head.numerics(), models, specs, schedule, budget, alerts);
  }

  /** Looks at what a model's entry names, such as its directory. */
  private void look(PipelineSpec.Model model) {
    for (ModelFinding finding : model.provider().look()) {
      Position at = model.at(finding.key());
      String path = YamlNode.child("models." + model.name(), finding.key());
      if (finding.mistake()) {
        findings.mistake(at, path, null, finding.message(), null);
      } else {
        findings.warning(at, path, finding.message());
      }
    }
  }

  /** A bound in dollars holds nothing where a price is not known. */
  private void prices() {
    models.forEach(
        (name, model) -> {
          if (model.provider().server().filter(server -> !server.priced()).isPresent()) {
            findings.mistake(
                model.at(),
                "models." + name,
                null,
                "budget.usd bounds what model '%s' costs, but it has no price; add price: {prompt: ..., completion: ...}, US dollars for a million tokens, 0 where it costs nothing"
                    .formatted(name),
                null);
          }
        });
  }

  private @Nullable Head head(YamlNode.Mapping top) {
    YamlNode.Mapping ours = top;
    for (String key : top.entries().keySet()) {
      if (BEAM_ONLY.contains(key)) {
        YamlNode.Entry entry = top.entries().get(key);
        findings.mistake(
            entry.key(), key, null, "'" + key + "' of Beam YAML is not supported here", null);
        ours = ours.without(key);
      }
    }
    Head head = new Binder(findings).block(Head.class, ours, BLOCKS);
    if (top.value("name") instanceof YamlNode.Scalar name && name.value() instanceof String) {
      checkName(name, findings);
    }
    return head;
  }

  private void model(String name, YamlNode.Entry entry) {
    checkName(name, entry.key(), entry.value().path(), findings);
    modelPlaces.put(name, entry.key());
    int before = findings.count();
    if (!(entry.value() instanceof YamlNode.Mapping block)) {
      findings.mistake(
          entry.value(),
          "must be a block such as {provider: djl, from: DIRECTORY}, but is "
              + entry.value().shown());
      return;
    }
    Shape.Kinds providers = Shape.Kinds.of(ModelProvider.class, registry);
    Binder binder = new Binder(findings, folders);
    Record spec = binder.kind(providers, block);
    directories.put(name, binder.mentions());
    if (spec instanceof ModelProvider provider && findings.count() == before) {
      stages.report(provider.check(""), block);
      String selector = providers.selector();
      models.put(
          name,
          new PipelineSpec.Model(
              name,
              provider,
              Json.line(canonical.tree(spec, selector)),
              Json.line(decisive.tree(spec, selector)),
              paths(binder.mentions()),
              entry.key(),
              places(block)));
    }
  }

  private static List<String> paths(List<Reference> mentions) {
    return mentions.stream()
        .filter(each -> Set.of(Key.FILE, Key.DIRECTORY).contains(each.refersTo()))
        .map(Reference::name)
        .toList();
  }

  private static Map<String, Position> places(YamlNode.Mapping block) {
    Map<String, Position> places = new HashMap<>();
    block.entries().forEach((key, entry) -> places.put(key, entry.value().at()));
    return places;
  }

  private List<StageDraft> pipeline(YamlNode.Mapping top) {
    YamlNode.Entry entry = top.entries().get("pipeline");
    if (entry == null) {
      findings.mistake(
          top.at(), "pipeline", null, "required key 'pipeline' is missing: a block of keys", null);
      return List.of();
    }
    YamlNode.Mapping block = block(top, "pipeline");
    return block == null ? List.of() : stages.drafts(block);
  }

  /** A block at a key; null if it is absent, or after a mistake. */
  private YamlNode.@Nullable Mapping block(YamlNode.Mapping top, String key) {
    YamlNode node = top.value(key);
    boolean empty = node instanceof YamlNode.Scalar scalar && scalar.isNull();
    if (node == null || (empty && !key.equals("pipeline"))) {
      return null;
    }
    if (node instanceof YamlNode.Mapping block) {
      return block;
    }
    findings.mistake(node, "must be a block of keys, but is " + node.shown());
    return null;
  }

  private <R extends Record> @Nullable R settings(Class<R> type, YamlNode.Mapping top, String key) {
    YamlNode.Mapping block = block(top, key);
    if (block == null) {
      return null;
    }
    R settings = new Binder(findings).block(type, block, Set.of());
    if (settings instanceof Schedule schedule) {
      ScheduleCheck.check(schedule, block, findings);
    }
    return settings;
  }

  private List<Alert> alerts(YamlNode.Mapping top) {
    YamlNode node = top.value("alerts");
    if (node == null || (node instanceof YamlNode.Scalar scalar && scalar.isNull())) {
      return List.of();
    }
    if (!(node instanceof YamlNode.Sequence list)) {
      findings.mistake(node, "must be a list, but is " + node.shown());
      return List.of();
    }
    List<Alert> alerts = new ArrayList<>();
    for (YamlNode item : list.items()) {
      if (!(item instanceof YamlNode.Mapping block)) {
        findings.mistake(item, "must be a block of keys, but is " + item.shown());
        continue;
      }
      Alert alert = new Binder(findings).block(Alert.class, block, Set.of());
      if (alert == null) {
        continue;
      }
      if (alert.grace() != null && Durations.parse(alert.grace()) == null) {
        findings.mistake(
            block,
            "grace must be a duration such as 30s, 10m, 6h or 1d, but is '" + alert.grace() + "'");
      }
      alerts.add(alert);
    }
    return alerts;
  }

  /** Stages beside those that leave the models that they name. */
  private void besideTrainings(List<StageDraft> drafts) {
    Map<String, Record> trainings = new HashMap<>();
    for (StageDraft draft : drafts) {
      if (draft.config != null && draft.type != null) {
        stages.beside(draft, draft.type, trainings);
        if (draft.wiring != null && draft.wiring.writesModel()) {
          trainings.put(draft.name, draft.config);
        }
      }
    }
  }

  private void warn(List<StageDraft> drafts) {
    List<Record> earlier = new ArrayList<>();
    for (StageDraft draft : drafts) {
      if (draft.config != null && draft.type != null) {
        stages.warn(draft, draft.type, earlier);
        earlier.add(draft.config);
      }
    }
    for (Map.Entry<String, Position> model : modelPlaces.entrySet()) {
      if (!uses(drafts, model.getKey()) && findings.count() == 0) {
        findings.warning(
            model.getValue(),
            "models." + model.getKey(),
            "no stage uses model '" + model.getKey() + "'");
      }
    }
  }

  private static boolean uses(List<StageDraft> drafts, String model) {
    return drafts.stream()
        .flatMap(draft -> draft.mentions.stream())
        .anyMatch(mention -> mention.name().equals(model));
  }

  static void checkName(YamlNode.Scalar name, Findings findings) {
    checkName(name.text(), name.at(), name.path(), findings);
  }

  private static void checkName(String name, Position at, String path, Findings findings) {
    boolean good = !name.isEmpty() && name.charAt(0) != '-' && name.length() <= 100;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      good &= c == '_' || c == '-' || (c < 128 && Character.isLetterOrDigit(c));
    }
    if (!good) {
      findings.mistake(
          at,
          path,
          name,
          "a name is made of letters, digits, '_' and '-' (at most 100), but this is '%s'"
              .formatted(name.length() > 60 ? name.substring(0, 57) + "..." : name),
          null);
    }
  }

  private static String stem(String file) {
    String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }
}
