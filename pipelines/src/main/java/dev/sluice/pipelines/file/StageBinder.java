package dev.sluice.pipelines.file;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.pipelines.file.check.Draft;
import dev.sluice.pipelines.file.check.Mention;
import dev.sluice.pipelines.file.check.OutsideCheck;
import dev.sluice.pipelines.file.yaml.Findings;
import dev.sluice.pipelines.file.yaml.Names;
import dev.sluice.pipelines.file.yaml.Node;
import dev.sluice.pipelines.file.yaml.Position;
import dev.sluice.records.config.Key;
import dev.sluice.stages.StageType;
import dev.sluice.stages.Wiring;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
          "extra_transforms", "dead letters lie in a table beside the rows",
          "windowing", "every table is bounded",
          "output", "a later stage names this one under input",
          "transforms", "pipelines are not nested here");

  private final StageTypes types;
  private final Folders folders;
  private final Map<String, String> secrets;
  private final Findings findings;

  /** Blocks that were read from files of their own, by the path of the key that names them. */
  private final Map<String, Node.Mapping> contents = new HashMap<>();

  StageBinder(StageTypes types, Folders folders, Findings findings) {
    this.types = types;
    this.folders = folders;
    this.secrets = folders.shown();
    this.findings = findings;
  }

  /** The stages in the order of the file, those with mistakes included. */
  List<Draft> drafts(Node.Mapping pipeline) {
    unknownKeys(pipeline, PIPELINE, List.of());
    Node type = pipeline.value("type");
    List<String> words = List.of("chain", "composite");
    if (type != null && !(type instanceof Node.Scalar word && words.contains(word.text()))) {
      findings.mistake(
          type,
          "must be %s, but is %s".formatted(Rules.oneOf(words), type.shown()),
          type instanceof Node.Scalar word ? word.text() : "",
          words);
    }
    Node transforms = pipeline.value("transforms");
    if (transforms == null) {
      findings.mistake(
          pipeline.at(),
          Node.child(pipeline.path(), "transforms"),
          null,
          "required key 'transforms' is missing: a list of stages",
          null);
      return List.of();
    }
    if (!(transforms instanceof Node.Sequence list) || list.items().isEmpty()) {
      String shown = transforms instanceof Node.Sequence ? "empty" : transforms.shown();
      findings.mistake(transforms, "must be a list of at least 1 stage, but is " + shown);
      return List.of();
    }
    Map<String, Integer> count = new HashMap<>();
    list.items().forEach(item -> count.merge(typeName(item), 1, Integer::sum));
    List<Draft> drafts = new ArrayList<>();
    for (Node item : list.items()) {
      Draft draft = draft(item, count);
      if (draft != null) {
        duplicate(draft, drafts);
        drafts.add(draft);
      }
    }
    return drafts;
  }

  private @Nullable Draft draft(Node item, Map<String, Integer> count) {
    if (!(item instanceof Node.Mapping stage)) {
      findings.mistake(
          item, "must be a stage such as {type: TYPE, config: {}}, but is " + item.shown());
      return null;
    }
    String typeName = typeName(stage);
    Draft draft = new Draft(stage, name(stage, typeName, count));
    StageType<?> type = type(stage, typeName);
    draft.type = type;
    unknownKeys(stage, TRANSFORM, type == null ? List.of() : Shape.fields(type.configType()));
    if (type != null) {
      config(draft, type);
    }
    return draft;
  }

  private static String typeName(Node item) {
    return item instanceof Node.Mapping stage
            && stage.value("type") instanceof Node.Scalar scalar
            && scalar.value() instanceof String
        ? scalar.text()
        : "";
  }

  private @Nullable StageType<?> type(Node.Mapping stage, String name) {
    Node node = stage.value("type");
    if (node == null) {
      findings.mistake(
          stage.at(),
          Node.child(stage.path(), "type"),
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

  private String name(Node.Mapping stage, String typeName, Map<String, Integer> count) {
    Node node = stage.value("name");
    if (node instanceof Node.Scalar name && name.value() instanceof String) {
      FileBinder.checkName(name, findings);
      return name.text();
    }
    if (node != null) {
      boolean number = node instanceof Node.Scalar scalar && !scalar.isNull();
      findings.mistake(
          node, "must be a text, but is " + node.shown() + (number ? "; put it in quotes" : ""));
    } else if (count.getOrDefault(typeName, 0) > 1 && !typeName.isEmpty()) {
      findings.mistake(
          stage.at(),
          Node.child(stage.path(), "name"),
          null,
          "%d stages have the type '%s', so each needs a name"
              .formatted(count.get(typeName), typeName),
          null);
    }
    return typeName;
  }

  private void duplicate(Draft draft, List<Draft> earlier) {
    if (draft.node.value("name") == null) {
      return;
    }
    for (Draft other : earlier) {
      if (other.name.equals(draft.name)) {
        Node name = draft.at("name");
        findings.mistake(
            name,
            "the name '%s' is taken by the stage in line %d".formatted(draft.name, other.line()));
        return;
      }
    }
  }

  private void unknownKeys(Node.Mapping block, List<String> known, List<Shape.Field> inner) {
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

  private <C extends Record> void config(Draft draft, StageType<C> type) {
    Node node = draft.node.value("config");
    String path = Node.child(draft.node.path(), "config");
    if (node == null || (node instanceof Node.Scalar scalar && scalar.isNull())) {
      node = new Node.Mapping(draft.node.at(), path, Map.of());
    }
    draft.configPath = path;
    if (!(node instanceof Node.Mapping block)) {
      findings.mistake(node, "must be a block of keys, but is " + node.shown());
      return;
    }
    Binder binder = new Binder(findings, folders);
    Node.Mapping today =
        new Respeller(type.configType(), findings)
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

  private <C extends Record> void check(StageType<C> type, C config, Node.Mapping block) {
    report(type.mistakes(config), block);
  }

  /** Looks at the files that a stage's config names; of a file without mistakes. */
  void look(Draft draft, OutsideCheck outside) {
    Record config = draft.config;
    if (draft.type != null && config != null && outside.look(draft.mentions)) {
      StageType.Look found = look(draft.type, config);
      Node node = draft.node.value("config");
      report(
          found.mistakes(),
          node instanceof Node.Mapping block
              ? block
              : new Node.Mapping(draft.node.at(), draft.configPath, Map.of()));
      found.warnings().forEach(warning -> warn(draft, warning));
    }
  }

  private static <C extends Record> StageType.Look look(StageType<C> type, Record config) {
    return type.look(type.configType().cast(config));
  }

  /** Says where the mistakes of a config or a part are that no single key shows. */
  public void report(List<ConfigMistake> mistakes, Node.Mapping block) {
    for (ConfigMistake mistake : mistakes) {
      String path =
          mistake.key().isEmpty() ? block.path() : Node.child(block.path(), mistake.key());
      // Of a key that is wrong anyway a stand-in was checked.
      if (!findings.any(path)) {
        Node at = find(block, mistake.key());
        findings.mistake(
            place(at, mistake), path, shortened(at), mistake.message(), suggestion(mistake));
      }
    }
  }

  /**
   * Passes on what a type says of a config beside the earlier ones; a type knows its own config.
   */
  <C extends Record> void warn(Draft draft, StageType<C> type, List<Record> earlier) {
    if (!type.configType().isInstance(draft.config) || findings.count() > 0) {
      return;
    }
    type.warnings(type.configType().cast(draft.config), List.copyOf(earlier))
        .forEach(warning -> warn(draft, warning));
  }

  private void warn(Draft draft, ConfigMistake warning) {
    Node block = draft.node.value("config");
    Node at = block instanceof Node.Mapping mapping ? find(mapping, warning.key()) : draft.node;
    findings.warning(
        at.at(),
        Node.child(draft.configPath, warning.key()),
        warning.message(),
        suggestion(warning));
  }

  /** Where a mistake is: the line of a text that names one, where the lines of the file show it. */
  static Position place(Node node, ConfigMistake mistake) {
    boolean inside = mistake.line() > 0 && node instanceof Node.Scalar text && text.literal();
    return inside
        ? new Position(node.at().file(), node.at().line() + mistake.line(), 1)
        : node.at();
  }

  /** The value at a node; null for one of many lines, which the place shows. */
  private static @Nullable String shortened(Node node) {
    String value = node.single();
    return value != null && value.indexOf('\n') >= 0 ? null : value;
  }

  private static @Nullable String suggestion(ConfigMistake mistake) {
    return mistake.word().isEmpty() ? null : Names.nearest(mistake.word(), mistake.known());
  }

  private void errorHandling(Draft draft, Node.Mapping config) {
    Node node = config.value(ErrorHandling.KEY);
    if (node instanceof Node.Mapping block) {
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
  private Node find(Node.Mapping block, String key) {
    Node node = block;
    for (String segment : key.replace("[", ".").replace("]", "").split("\\.", -1)) {
      Node next = null;
      if (node instanceof Node.Mapping mapping) {
        next = mapping.value(segment);
      } else if (node instanceof Node.Sequence list && segment.matches("\\d{1,5}")) {
        int index = Integer.parseInt(segment);
        next = index < list.items().size() ? list.items().get(index) : null;
      }
      if (next == null) {
        return node;
      }
      Node.Mapping content = contents.get(next.path());
      node = content == null ? next : content;
    }
    return node;
  }

  /** The finished stage, once there are no mistakes. */
  PipelineSpec.Step step(Draft draft) {
    Record config = Objects.requireNonNull(draft.config);
    Map<String, String> inputs = new HashMap<>();
    draft.inputs.forEach((port, source) -> inputs.put(port, source.name));
    return new PipelineSpec.Step(
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

  private static List<PipelineSpec.Mentioned> mentioned(Draft draft, Set<String> refersTo) {
    List<PipelineSpec.Mentioned> found = new ArrayList<>();
    for (Mention mention : draft.mentions) {
      if (refersTo.contains(mention.refersTo())) {
        String key = mention.node().path().substring(draft.configPath.length() + 1);
        found.add(new PipelineSpec.Mentioned(key, mention.name(), mention.node().at()));
      }
    }
    return found;
  }
}
