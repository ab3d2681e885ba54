package dev.sluice.pipelines.run.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.pipelines.store.Attempt;
import dev.sluice.pipelines.store.WorkspacePath;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.Usage;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one stage of a run did.
 *
 * @param name the stage's name in the file
 * @param type the stage's type
 * @param fingerprint the stage's fingerprint; null while an input has yet to run
 * @param state where the stage stands
 * @param artifact absolute path of the artifact; null until it is committed
 * @param counts the account of its rows
 * @param shards units of work that it is made of; of a stage that is not done, those finished
 * @param shardsReused those among them that were finished before
 * @param usage what its calls to models used
 * @param seconds how long it took in this run
 * @param error why it failed or was stopped; null if it was not
 */
public record StageReport(
    String name,
    String type,
    @Nullable String fingerprint,
    State state,
    @Nullable String artifact,
    Counts counts,
    int shards,
    int shardsReused,
    Usage usage,
    double seconds,
    @Nullable String error) {

  /** Where a stage stands. */
  public enum State {
    /** Its turn has not come. */
    PENDING,
    /** At work. */
    RUNNING,
    /** Done from the start. */
    RAN,
    /** Done, with units that an earlier run had finished. */
    RESUMED,
    /** Not done: its artifact was there. */
    REUSED,
    /** Failed. */
    FAILED,
    /** Not reached, or not to its end; finished shards are counted. */
    NOT_RUN;

    /** The name that people and scripts see. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The state of that name; an unknown word comes from a damaged file and is ignored. */
    static State of(String label) {
      for (State state : values()) {
        if (state.label().equals(label)) {
          return state;
        }
      }
      return NOT_RUN;
    }
  }

  /** A stage whose turn has not come. */
  public static StageReport pending(String name, String type) {
    return new StageReport(
        name, type, null, State.PENDING, null, Counts.NONE, 0, 0, Usage.NONE, 0, null);
  }

  /** The same with its artifact at another place. */
  StageReport at(@Nullable String place) {
    return with(fingerprint, state, place, seconds, error);
  }

  /** The attempt that its artifact is; empty if it has none, or names no place of one. */
  public Optional<Attempt> attempt() {
    return artifact == null ? Optional.empty() : Attempt.in(artifact);
  }

  /** Whether it tells of this artifact. */
  public boolean isOf(WorkspacePath folder) {
    return folder.toString().equals(artifact);
  }

  /** The same in another state. */
  public StageReport in(State other) {
    return with(fingerprint, other, artifact, seconds, error);
  }

  /** The same once the run is over: what was still to come or at work is not run. */
  StageReport over() {
    return state == State.PENDING || state == State.RUNNING ? in(State.NOT_RUN) : this;
  }

  /** The same with what is done so far. */
  public StageReport with(Counts rows, int done, int reused, Usage used) {
    return new StageReport(
        name, type, fingerprint, state, artifact, rows, done, reused, used, seconds, error);
  }

  /** The same after so many seconds. */
  public StageReport after(double elapsed) {
    return with(fingerprint, state, artifact, elapsed, error);
  }

  /** The same with the fingerprint, now that it is known. */
  public StageReport known(String hash) {
    return with(hash, state, artifact, seconds, error);
  }

  /** The same as stopped before its end by something that is no failure. */
  public StageReport stopped(String why) {
    return with(fingerprint, State.NOT_RUN, null, seconds, why);
  }

  /** The same as failed. */
  public StageReport failed(String why) {
    return with(fingerprint, State.FAILED, null, seconds, why);
  }

  private StageReport with(
      @Nullable String hash,
      State now,
      @Nullable String place,
      double elapsed,
      @Nullable String why) {
    return new StageReport(
        name, type, hash, now, place, counts, shards, shardsReused, usage, elapsed, why);
  }

  /** The JSON shape that scripts rely on. */
  public ObjectNode toJson() {
    return RunFiles.object()
        .put("name", name)
        .put("type", type)
        .put("fingerprint", fingerprint)
        .put("state", state.label())
        .put("artifact", artifact)
        .put("rows_in", counts.in())
        .put("rows_expected", counts.expected())
        .put("rows_out", counts.out())
        .put("rows_dead", counts.dead())
        .put("rows_unparsed", counts.unparsed())
        .put("shards", shards)
        .put("shards_reused", shardsReused)
        .put("calls", usage.calls())
        .put("calls_from_cache", usage.callsFromCache())
        .put("prompt_tokens", usage.promptTokens())
        .put("completion_tokens", usage.completionTokens())
        .put("cost_usd", usage.costUsd())
        .put("seconds", Math.round(seconds * 1000) / 1000.0)
        .put("error", error);
  }

  static StageReport fromJson(JsonNode json) {
    return new StageReport(
        json.path("name").asText(),
        json.path("type").asText(),
        text(json, "fingerprint"),
        State.of(json.path("state").asText()),
        text(json, "artifact"),
        new Counts(
            json.path("rows_in").asLong(),
            json.path("rows_expected").asLong(),
            json.path("rows_out").asLong(),
            json.path("rows_dead").asLong(),
            json.path("rows_unparsed").asLong()),
        json.path("shards").asInt(),
        json.path("shards_reused").asInt(),
        new Usage(
            json.path("calls").asLong(),
            json.path("calls_from_cache").asLong(),
            json.path("prompt_tokens").asLong(),
            json.path("completion_tokens").asLong(),
            json.path("cost_usd").asDouble()),
        json.path("seconds").asDouble(),
        text(json, "error"));
  }

  static @Nullable String text(JsonNode json, String field) {
    JsonNode value = json.get(field);
    return value == null || value.isNull() ? null : value.asText();
  }
}
