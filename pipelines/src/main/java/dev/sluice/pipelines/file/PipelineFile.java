package dev.sluice.pipelines.file;

import dev.sluice.parts.Registry;
import dev.sluice.pipelines.file.yaml.Findings;
import dev.sluice.pipelines.file.yaml.LoadContext;
import dev.sluice.pipelines.file.yaml.Mistake;
import dev.sluice.pipelines.file.yaml.Overrides;
import dev.sluice.pipelines.file.yaml.Position;
import dev.sluice.pipelines.file.yaml.Substitution;
import dev.sluice.pipelines.file.yaml.YamlNode;
import dev.sluice.pipelines.file.yaml.YamlReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads and checks pipeline files. Values given with {@code --set} are put in first, then {@code
 * ${...}} is replaced, then blocks are bound to config records, then stages are wired.
 */
public final class PipelineFile {
  private static final long MAX_BYTES = 1_000_000;

  private PipelineFile() {}

  /**
   * Reads a file and reports every mistake in it.
   *
   * @param params values of {@code ${param.name}}
   * @param sets of the form {@code path=value}
   * @param environment values of {@code ${NAME}}
   */
  public static LoadResult load(
      Path path,
      Map<String, String> params,
      List<String> sets,
      Map<String, String> environment,
      Registry registry) {
    return load(path, params, sets, LoadContext.of(environment), registry);
  }

  /** The same in surroundings of one's own. */
  public static LoadResult load(
      Path path,
      Map<String, String> params,
      List<String> sets,
      LoadContext surroundings,
      Registry registry) {
    Findings findings = new Findings();
    String text = read(path, findings);
    return text == null
        ? loaded(path.toString(), null, findings)
        : load(path.toString(), text, params, sets, surroundings, registry, findings);
  }

  /** The same for a text that is at hand. */
  public static LoadResult load(
      String name,
      String text,
      Map<String, String> params,
      List<String> sets,
      Map<String, String> environment,
      Registry registry) {
    return load(name, text, params, sets, LoadContext.of(environment), registry);
  }

  /**
   * The same in surroundings of one's own.
   *
   * @param name the file that holds the text: relative paths in it count from its folder
   */
  public static LoadResult load(
      String name,
      String text,
      Map<String, String> params,
      List<String> sets,
      LoadContext surroundings,
      Registry registry) {
    return load(name, text, params, sets, surroundings, registry, new Findings());
  }

  /**
   * Reads a file as its schedule would run it: parameters are those that the schedule gives.
   *
   * @param fire stands for the time of a fire in them
   * @param params put in place of those
   */
  public static LoadResult loadScheduled(
      Path path,
      Instant fire,
      Map<String, String> params,
      List<String> sets,
      Map<String, String> environment,
      Registry registry) {
    Findings findings = new Findings();
    String text = read(path, findings);
    return text == null
        ? loaded(path.toString(), null, findings)
        : loadScheduled(path, text, fire, params, sets, environment, registry);
  }

  /** The same of a text that the file has, or had. */
  public static LoadResult loadScheduled(
      Path path,
      String text,
      Instant fire,
      Map<String, String> params,
      List<String> sets,
      Map<String, String> environment,
      Registry registry) {
    Map<String, String> all = new LinkedHashMap<>();
    Substitution.paramsOfSchedule(YamlReader.read(path.toString(), text, new Findings()))
        .forEach(
            (name, entry) -> all.put(name, Objects.requireNonNullElse(entry.value().single(), "")));
    // Which day it is does not matter for a check.
    all.replaceAll((name, value) -> Schedule.atFire(value, fire, ZoneOffset.UTC));
    Set<String> written = new HashSet<>(all.keySet());
    written.removeAll(params.keySet());
    all.putAll(params);
    LoadContext surroundings = LoadContext.of(environment).withWritten(written);
    return load(path.toString(), text, all, sets, surroundings, registry);
  }

  /**
   * A config record from YAML text, as if it stood at {@code config} of a stage.
   *
   * @throws IllegalArgumentException naming every mistake, one a line
   */
  public static <R extends Record> R config(Class<R> type, String yaml) {
    Findings findings = new Findings();
    YamlNode node = YamlReader.read("config", yaml, findings);
    R config = null;
    if (node instanceof YamlNode.Mapping block) {
      config = new Binder(findings).block(type, block, Set.of());
    } else if (node == null && findings.count() == 0) {
      YamlNode.Mapping none = new YamlNode.Mapping(new Position("config", 1, 1), "", Map.of());
      config = new Binder(findings).block(type, none, Set.of());
    }
    if (config == null || findings.count() > 0) {
      throw new IllegalArgumentException(
          findings.mistakes().isEmpty()
              ? "A config must be a block of keys."
              : findings.mistakes().stream()
                  .map(Mistake::toString)
                  .collect(Collectors.joining("\n")));
    }
    return config;
  }

  private static LoadResult load(
      String name,
      String text,
      Map<String, String> params,
      List<String> sets,
      LoadContext surroundings,
      Registry registry,
      Findings findings) {
    String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
    YamlNode root = YamlReader.read(name, body, findings);
    if (root == null && findings.count() > 0) {
      return loaded(name, null, findings);
    }
    Substitution substitution = new Substitution(params, surroundings, findings);
    if (root != null) {
      root = substitution.apply(new Overrides(findings).apply(root, sets));
      substitution.reportUnused(new Position(name, 1, 1));
      substitution.reportUnused(root);
    }
    BaseFolders folders = BaseFolders.of(name, surroundings.folder(), substitution.secrets());
    PipelineSpec spec =
        new FileBinder(registry, folders, surroundings.looks(), findings).bind(name, root);
    return loaded(name, spec, findings);
  }

  private static LoadResult loaded(String name, @Nullable PipelineSpec spec, Findings findings) {
    return new LoadResult(name, spec, findings.mistakes(), findings.warnings());
  }

  private static @Nullable String read(Path path, Findings findings) {
    String problem;
    try {
      if (!Files.exists(path)) {
        problem = "there is no such file";
      } else if (Files.isDirectory(path)) {
        problem = "this is a directory; name a pipeline file";
      } else if (!Files.isRegularFile(path)) {
        problem =
            "this is a pipe, a socket or a device, and only regular files are read; copy its content into a file";
      } else if (Files.size(path) > MAX_BYTES) {
        problem =
            "the file has %d bytes; a pipeline file has at most %d"
                .formatted(Files.size(path), MAX_BYTES);
      } else {
        return StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
            .toString();
      }
    } catch (CharacterCodingException e) {
      problem = "the file is not UTF-8 text";
    } catch (IOException e) {
      problem = "the file cannot be read: " + e.getMessage();
    }
    findings.mistake(new Position(path.toString(), 1, 1), "", null, problem, null);
    return null;
  }
}
