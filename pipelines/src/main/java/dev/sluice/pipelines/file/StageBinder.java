package dev.sluice.pipelines.file;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.pipelines.file.check.PathCheck;
import dev.sluice.pipelines.file.check.Reference;
import dev.sluice.pipelines.file.check.StageDraft;
import dev.sluice.pipelines.file.yaml.Findings;
import dev.sluice.pipelines.file.yaml.Position;
import dev.sluice.pipelines.file.yaml.YamlNode;
import dev.sluice.records.Names;
import dev.sluice.records.config.Key;
import dev.sluice.stages.StageType;
import dev.sluice.stages.Wiring;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the block {@code pipeline}: its stages, their types, names and configs. */
public final class StageBinder {
  private static final List<String> PIPELINE = List.of("type", "transforms");
  private static final List<String> TRANSFORM = List.of("type", "name", "input", "config");
  private static final Map<String, String> BEAM_ONLY =
      Map.of(
          "source", "write it as the first of the transforms",
          "sink", "write it as the last of the transforms, or use sluice export",
          "extra_transforms", "dead letters are in a separate table",
          "windowing", "every table is bounded",
          "output", "a later stage names this one under input",
          "transforms", "pipelines are not nested here");

  private final StageTypes types;
  private final BaseFolders folders;
  private final Map<String, String> secrets;
  private final Findings findings;

  /** Blocks that were read from files of their own, by the path of the key that names them. */
  private final Map<String, YamlNode.Mapping> contents = new HashMap<>();

  StageBinder(StageTypes types, BaseFolders folders, Findings findings) {
    this.types = types;
    this.folders = folders;
    this.secrets = folders.shown();
    this.findings = findings;
  }

  /** The stages in the order of the file, those with mistakes included. */
  List<StageDraft> drafts(YamlNode.Mapping pipeline) {
    unknownKeys(pipeline, PIPELINE, List.of());
    YamlNode type = pipeline.value("type");
    List<String> words = List.of("chain", "composite");
    if (type != null && !(type instanceof YamlNode.Scalar word && words.contains(word.text()))) {
      findings.mistake(
          type,
          "must be %s, but is %s".formatted(Rules.oneOf(words), type.shown()),
          type instanceof YamlNode.Scalar word ? word.text() : "",
          words);
    }
    YamlNode transforms = pipeline.value("transforms");
    if (transforms == null) {
      findings.mistake(
          pipeline.at(),
          YamlNode.child(pipeline.path(), "transforms"),
          null,
          "required key 'transforms' is missing: a list of stages",
          null);
      return List.of();
    }
    if (!(transforms instanceof YamlNode.Sequence list) || list.items().isEmpty()) {
      String shown = transforms instanceof YamlNode.Sequence ? "empty" : transforms.shown();
      findings.mistake(transforms, "must be a list of at least 1 stage, but is " + shown);
      return List.of();
    }
    Map<String, Integer> count = new HashMap<>();
    list.items().forEach(item -> count.merge(typeName(item), 1, Integer::sum));
    List<StageDraft> drafts = new ArrayList<>();
    for (YamlNode item : list.items()) {
      StageDraft draft = draft(item, count);
      if (draft != null) {
        duplicate(draft, drafts);
        drafts.add(draft);
      }
    }
    return drafts;
  }

  private @Nullable StageDraft draft(YamlNode item, Map<String, Integer> count) {
    if (!(item instanceof YamlNode.Mapping stage)) {
      findings.mistake(
          item, "must be a stage such as {type: TYPE, config: {}}, but is " + item.shown());
      return null;
    }
    String typeName = typeName(stage);
    StageDraft draft = new StageDraft(stage, name(stage, typeName, count));
    StageType<?> type = type(stage, typeName);
    draft.type = type;
    unknownKeys(stage, TRANSFORM, type == null ? List.of() : Shape.fields(type.configType()));
    if (type != null) {
      config(draft, type);
    }
    return draft;
  }

  private static String typeName(YamlNode item) {
    return item instanceof YamlNode.Mapping stage
            && stage.value("type") instanceof YamlNode.Scalar scalar
            && scalar.value() instanceof String
        ? scalar.text()
        : "";
  }

  private @Nullable StageType<?> type(YamlNode.Mapping stage, String name) {
    YamlNode node = stage.value("type");
    if (node == null) {
      findings.mistake(
          stage.at(),
          YamlNode.child(stage.path(), "type"),
          null,
          "required key 'type' is missing: " + Rules.oneOf(types.names()),
          null);
      return null;
    }
    StageType<?> type = types.find(name);
    if (type == null && name.matches("chain|composite")) {
      findings.mistake(node, "pipelines are not nested here; list the stages one after another");
    } else if (type == null) {
      String nearest = Names.nearest(name, types.names());
      String known = nearest == null ? "; known: " + Rules.list(types.names()) : "";
      findings.mistake(
          node.at(),
          node.path(),
          node.single(),
          name.isEmpty()
              ? "must be %s, but is %s".formatted(Rules.oneOf(types.names()), node.shown())
              : "unknown type of stage '%s'%s".formatted(name, known),
          nearest);
    }
    return type;
  }

  private String name(YamlNode.Mapping stage, String typeName, Map<String, Integer> count) {
    YamlNode node = stage.value("name");
    if (node instanceof YamlNode.Scalar name && name.value() instanceof String) {
      FileBinder.checkName(name, findings);
      return name.text();
    }
    if (node != null) {
      boolean number = node instanceof YamlNode.Scalar scalar && !scalar.isNull();
      findings.mistake(
          node, "must be a text, but is " + node.shown() + (number ? "; put it in quotes" : ""));
    } else if (count.getOrDefault(typeName, 0) > 1 && !typeName.isEmpty()) {
      findings.mistake(
          stage.at(),
          YamlNode.child(stage.path(), "name"),
          null,
          "%d stages have the type '%s', so each needs a name"
              .formatted(count.get(typeName), typeName),
          null);
    }
    return typeName;
  }

  private void duplicate(StageDraft draft, List<StageDraft> earlier) {
    if (draft.node.value("name") == null) {
      return;
    }
    for (StageDraft other : earlier) {
      if (other.name.equals(draft.name)) {
        YamlNode name = draft.at("name");
        findings.mistake(
            name,
            "the name '%s' is taken by the stage in line %d".formatted(draft.name, other.line()));
        return;
      }
    }
  }

  private void unknownKeys(YamlNode.Mapping block, List<String> known, List<Shape.Field> inner) {
    block
        .entries()
        .forEach(
            (key, entry) -> {
              if (known.contains(key)) {
                return;
              }
              String beam = BEAM_ONLY.get(key);
              boolean inConfig = inner.stream().anyMatch(field -> field.name().equals(key));
              if (inConfig || (key.equals(ErrorHandling.KEY) && known.contains("config"))) {
                findings.mistake(
                    entry.key(),
                    entry.value().path(),
                    entry.value().single(),
                    "the key '%s' belongs under config".formatted(key),
                    "config." + key);
              } else if (beam != null) {
                findings.mistake(
                    entry.key(),
                    entry.value().path(),
                    entry.value().single(),
                    "'%s' of Beam YAML is not supported here; %s".formatted(key, beam),
                    null);
              } else {
                Binder.unknown(findings, key, entry, known, Names.nearest(key, known));
              }
            });
  }

  private <C extends Record> void config(StageDraft draft, StageType<C> type) {
    YamlNode node = draft.node.value("config");
    String path = YamlNode.child(draft.node.path(), "config");
    if (node == null || (node instanceof YamlNode.Scalar scalar && scalar.isNull())) {
      node = new YamlNode.Mapping(draft.node.at(), path, Map.of());
    }
    draft.configPath = path;
    if (!(node instanceof YamlNode.Mapping block)) {
      findings.mistake(node, "must be a block of keys, but is " + node.shown());
      return;
    }
    Binder binder = new Binder(findings, folders);
    YamlNode.Mapping today =
        new KeyMigrator(type.configType(), findings)
            .today(block.without(ErrorHandling.KEY), type.respellings());
    C config = binder.block(type.configType(), today, Set.of(ErrorHandling.KEY));
    draft.mentions = binder.mentions();
    contents.putAll(binder.contents());
    draft.config = config;
    if (config != null) {
      draft.wiring = wiring(type, config);
      check(type, config, block);
    }
    errorHandling(draft, block);
  }

  private <C extends Record> void check(StageType<C> type, C config, YamlNode.Mapping block) {
    report(type.mistakes(config), block);
  }

  /** Looks at the files that a stage's config names; of a file without mistakes. */
  void look(StageDraft draft, PathCheck outside) {
    Record config = draft.config;
    if (draft.type != null && config != null && outside.look(draft.mentions)) {
      StageType.Look found = look(draft.type, config);
      YamlNode node = draft.node.value("config");
      report(
          found.mistakes(),
          node instanceof YamlNode.Mapping block
              ? block
              : new YamlNode.Mapping(draft.node.at(), draft.configPath, Map.of()));
      found.warnings().forEach(warning -> warn(draft, warning));
    }
  }

  private static <C extends Record> StageType.Look look(StageType<C> type, Record config) {
    return type.look(type.configType().cast(config));
  }

  /** Says where the mistakes of a config or a part are that no single key shows. */
  public void report(List<ConfigMistake> mistakes, YamlNode.Mapping block) {
    for (ConfigMistake mistake : mistakes) {
      String path =
          mistake.key().isEmpty() ? block.path() : YamlNode.child(block.path(), mistake.key());
      // Of a key that is wrong anyway a stand-in was checked.
      if (!findings.any(path)) {
        YamlNode at = find(block, mistake.key());
        findings.mistake(
            place(at, mistake), path, shortened(at), mistake.message(), suggestion(mistake));
      }
    }
  }

  /**
   * Passes on what a type says of a config beside the earlier ones; a type knows its own config.
   */
  <C extends Record> void warn(StageDraft draft, StageType<C> type, List<Record> earlier) {
    if (!type.configType().isInstance(draft.config) || findings.count() > 0) {
      return;
    }
    type.warnings(type.configType().cast(draft.config), List.copyOf(earlier))
        .forEach(warning -> warn(draft, warning));
  }

  /**
   * Reports what a type says of a config beside those of earlier stages that leave models; a type
   * knows its own config.
   *
   * @param trainings their configs by the names of their models
   */
  <C extends Record> void beside(
      StageDraft draft, StageType<C> type, Map<String, Record> trainings) {
    Map<String, Record> known = Map.copyOf(trainings);
    if (type.configType().isInstance(draft.config)
        && draft.node.value("config") instanceof YamlNode.Mapping block) {
      report(
          type.mistakesBeside(
              type.configType().cast(draft.config), model -> Optional.ofNullable(known.get(model))),
          block);
    }
  }

  private void warn(StageDraft draft, ConfigMistake warning) {
    YamlNode block = draft.node.value("config");
    YamlNode at =
        block instanceof YamlNode.Mapping mapping ? find(mapping, warning.key()) : draft.node;
    findings.warning(
        at.at(),
        YamlNode.child(draft.configPath, warning.key()),
        warning.message(),
        suggestion(warning));
  }

  /** Where a mistake is: the line of a text that names one, where the lines of the file show it. */
  static Position place(YamlNode node, ConfigMistake mistake) {
    boolean inside = mistake.line() > 0 && node instanceof YamlNode.Scalar text && text.literal();
    return inside
        ? new Position(node.at().file(), node.at().line() + mistake.line(), 1)
        : node.at();
  }

  /** The value at a node; null for one of many lines, which the place shows. */
  private static @Nullable String shortened(YamlNode node) {
    String value = node.single();
    return value != null && value.indexOf('\n') >= 0 ? null : value;
  }

  private static @Nullable String suggestion(ConfigMistake mistake) {
    return mistake.word().isEmpty() ? null : Names.nearest(mistake.word(), mistake.known());
  }

  private void errorHandling(StageDraft draft, YamlNode.Mapping config) {
    YamlNode node = config.value(ErrorHandling.KEY);
    if (node instanceof YamlNode.Mapping block) {
      ErrorHandling own = new Binder(findings).block(ErrorHandling.class, block, Set.of());
      draft.errorHandling = own == null ? draft.errorHandling : own;
    } else if (node != null) {
      findings.mistake(node, "must be a block such as {threshold: 0.05}, but is " + node.shown());
    }
  }

  /** The wiring of a config; null if the type objects, as it may to stand-ins. */
  public static <C extends Record> @Nullable Wiring wiring(StageType<C> type, C config) {
    try {
      return type.wiring(config);
    } catch (RuntimeException e) {
      return null;
    }
  }

  /** The node at a path below a block, or the last one on the way to it. */
  private YamlNode find(YamlNode.Mapping block, String key) {
    YamlNode node = block;
    for (String segment : key.replace("[", ".").replace("]", "").split("\\.", -1)) {
      YamlNode next = null;
      if (node instanceof YamlNode.Mapping mapping) {
        next = mapping.value(segment);
      } else if (node instanceof YamlNode.Sequence list && segment.matches("\\d{1,5}")) {
        int index = Integer.parseInt(segment);
        next = index < list.items().size() ? list.items().get(index) : null;
      }
      if (next == null) {
        return node;
      }
      YamlNode.Mapping content = contents.get(next.path());
      node = content == null ? next : content;
    }
    return node;
  }

  /** The finished stage, once there are no mistakes. */
  StageSpec spec(StageDraft draft) {
    Record config = Objects.requireNonNull(draft.config);
    Map<String, String> inputs = new HashMap<>();
    draft.inputs.forEach((port, source) -> inputs.put(port, source.name));
    return new StageSpec(
        draft.name,
        Objects.requireNonNull(draft.type),
        config,
        ConfigTexts.of(config, secrets),
        Objects.requireNonNull(draft.wiring),
        inputs,
        mentioned(draft, Set.of(Key.MODEL, Key.ENCODER)),
        mentioned(draft, Set.of(Key.FILE)),
        draft.errorHandling,
        draft.node.at());
  }

  private static List<StageSpec.Mentioned> mentioned(StageDraft draft, Set<String> refersTo) {
    List<StageSpec.Mentioned> found = new ArrayList<>();
    for (Reference mention : draft.mentions) {
      if (refersTo.contains(mention.refersTo())) {
        String key = mention.node().path().substring(draft.configPath.length() + 1);
        found.add(new StageSpec.Mentioned(key, mention.name(), mention.node().at()));
      }
    }
    return found;
  }
}
