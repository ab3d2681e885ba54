package dev.sluice.pipelines.run.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.pipelines.plan.Rerun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a run was started with, beside the file itself, so that it can be started again.
 *
 * @param file the pipeline file; relative paths in it count from its folder
 * @param sets {@code path=value} over the file
 * @param params values of {@code ${param.name}}
 * @param until the last stage; null for all
 * @param only the only stage; null for all
 * @param rerun stages that run although they have artifacts
 * @param folder the folder that relative paths in sets and params count from; null if there are
 *     none, or for the current one
 */
public record Invocation(
    String file,
    List<String> sets,
    Map<String, String> params,
    @Nullable String until,
    @Nullable String only,
    Rerun rerun,
    @Nullable String folder) {

  /** Of a run whose sets and params name no relative path. */
  public Invocation(
      String file,
      List<String> sets,
      Map<String, String> params,
      @Nullable String until,
      @Nullable String only,
      Rerun rerun) {
    this(file, sets, params, until, only, rerun, null);
  }

  public Invocation {
    sets = List.copyOf(sets);
    params = Map.copyOf(params);
  }

  /** The same with stages that run again. */
  public Invocation with(Rerun again) {
    return new Invocation(file, sets, params, until, only, again, folder);
  }

  /** The same with values that count instead of those set before at the same paths. */
  public Invocation set(List<String> more) {
    List<String> all = new ArrayList<>();
    for (String each : sets) {
      if (more.stream().noneMatch(other -> path(other).equals(path(each)))) {
        all.add(each);
      }
    }
    all.addAll(more);
    return new Invocation(file, all, params, until, only, rerun, folder);
  }

  private static String path(String set) {
    int end = set.indexOf('=');
    return (end < 0 ? set : set.substring(0, end)).strip();
  }

  /** The same up to a stage, unless a stage alone was asked for. */
  public Invocation upTo(String last) {
    return new Invocation(file, sets, params, only == null ? last : null, only, rerun, folder);
  }

  ObjectNode toJson() {
    ObjectNode json = RunFiles.object().put("file", file).put("until", until).put("only", only);
    if (folder != null) {
      json.put("folder", folder);
    }
    sets.forEach(json.putArray("set")::add);
    params.forEach(json.putObject("param")::put);
    ObjectNode again =
        json.putObject("rerun")
            .put("since", rerun.since())
            .put("extent", rerun.extent().name().toLowerCase(Locale.ROOT));
    Rerun.Rows rows = rerun.rows();
    if (rows != null) {
      again.putObject("rows").put("stage", rows.stage()).put("where", rows.where());
    }
    rerun.stages().stream().sorted().forEach(again.putArray("stages")::add);
    return json;
  }

  static Invocation fromJson(JsonNode json) {
    List<String> sets = new ArrayList<>();
    json.path("set").forEach(set -> sets.add(set.asText()));
    Map<String, String> params = new LinkedHashMap<>();
    json.path("param")
        .fields()
        .forEachRemaining(p -> params.put(p.getKey(), p.getValue().asText()));
    return new Invocation(
        json.path("file").asText(),
        sets,
        params,
        text(json, "until"),
        text(json, "only"),
        rerun(json.path("rerun")),
        text(json, "folder"));
  }

  private static Rerun rerun(JsonNode json) {
    Set<String> stages = new TreeSet<>();
    json.path("stages").forEach(stage -> stages.add(stage.asText()));
    return stages.isEmpty()
        ? Rerun.NONE
        : new Rerun(
            stages,
            json.path("since").asText(),
            json.path("extent").asText().equals("dead") ? Rerun.Extent.DEAD : Rerun.Extent.ALL,
            rows(json.path("rows")));
  }

  private static Rerun.@Nullable Rows rows(JsonNode json) {
    return json.isObject()
        ? new Rerun.Rows(json.path("stage").asText(), json.path("where").asText())
        : null;
  }

  private static @Nullable String text(JsonNode json, String key) {
    return json.path(key).isTextual() ? json.path(key).asText() : null;
  }
}
