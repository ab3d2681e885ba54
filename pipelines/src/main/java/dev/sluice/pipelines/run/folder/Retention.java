package dev.sluice.pipelines.run.folder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Attempt;
import dev.sluice.pipelines.store.gc.GarbageCollector;
import dev.sluice.pipelines.store.gc.RunRoots;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which runs are kept. Without a rule all are. A run goes only if every rule that is given lets it
 * go; one that goes on never does, and one that can be resumed only for its age.
 *
 * @param newest how many of the newest runs are kept; null for no such rule
 * @param olderThan how long a run must have been silent to go; null for no such rule
 */
public record Retention(@Nullable Integer newest, @Nullable Duration olderThan) {
  /** A process that writes before its run says so is not lost for a clock that runs slow. */
  private static final Duration MARGIN = Duration.ofMinutes(1);

  /**
   * What is known of a run.
   *
   * @param id its id
   * @param goesOn whether somebody is at work on it
   * @param succeeded whether it is done
   * @param seen when it last said something
   * @param submission what it was started with, as a text; equal for a run and one that resumes it
   */
  record Facts(String id, boolean goesOn, boolean succeeded, Instant seen, String submission) {}

  /** What the collector is told, and what people are. */
  public record Choice(GarbageCollector.Scope scope, List<String> goOn, int kept) {}

  /** The runs that are not kept, the oldest first; {@code runs} too. */
  List<String> dropped(List<Facts> runs, Instant now) {
    List<String> dropped = new ArrayList<>();
    if (newest == null && olderThan == null) {
      return dropped;
    }
    for (int i = 0; i < runs.size(); i++) {
      Facts run = runs.get(i);
      boolean beyond = newest == null || i < runs.size() - newest;
      boolean old = olderThan == null || run.seen().plus(olderThan).isBefore(now);
      boolean resumable =
          !run.succeeded()
              && runs.subList(i + 1, runs.size()).stream()
                  .noneMatch(
                      later -> later.succeeded() && later.submission().equals(run.submission()));
      if (beyond && old && !run.goesOn() && (!resumable || olderThan != null)) {
        dropped.add(run.id());
      }
    }
    return dropped;
  }

  /** Applies the rules to the runs of a workspace. */
  public Choice choose(ArtifactStore store, Clock clock) {
    Instant now = clock.instant();
    Set<String> atWork = new HashSet<>(store.leases().atWork().values());
    List<RunFolder> runs = new ArrayList<>();
    List<Facts> facts = new ArrayList<>();
    Set<String> removed = new HashSet<>();
    Instant since = null;
    List<RunFolder> all = new ArrayList<>(RunFolder.all(store.workspace()));
    // Ids of before tell runs of one second apart, but not their order.
    all.sort(
        Comparator.comparing(
            run -> run.began().orElseGet(() -> instant(run.status(), "started", run.modified()))));
    for (RunFolder run : all) {
      Instant made = run.modified();
      boolean young = made.plus(RunFolder.STALE).isAfter(now);
      if (!young && run.isEmpty()) {
        removed.add(run.id());
        continue;
      }
      JsonNode status = run.status();
      boolean goesOn =
          run.state() == RunState.RUNNING
              || atWork.contains(run.id())
              || (status.isEmpty() && young);
      Instant began = instant(status, "started", made);
      if (goesOn && (since == null || began.isBefore(since))) {
        since = began;
      }
      runs.add(run);
      facts.add(
          new Facts(
              run.id(),
              goesOn,
              run.state() == RunState.SUCCEEDED,
              instant(status, "heartbeat", made),
              run.submission()));
    }
    removed.addAll(dropped(facts, now));
    List<RunRoots> kept =
        runs.stream().filter(run -> !removed.contains(run.id())).map(Retention::roots).toList();
    return new Choice(
        new GarbageCollector.Scope(
            kept,
            removed,
            Optional.ofNullable(since).map(began -> began.minus(MARGIN)),
            Optional.ofNullable(olderThan).map(now::minus)),
        facts.stream().filter(Facts::goesOn).map(Facts::id).toList(),
        kept.size());
  }

  /** What a run refers to. */
  private static RunRoots roots(RunFolder run) {
    RunCheck.refuseUnreadable(run);
    Set<Attempt> artifacts = new HashSet<>();
    Set<RunRoots.Open> open = new HashSet<>();
    RunReport report = run.report();
    List<StageReport> stages = report == null ? List.of() : report.stages();
    for (StageReport stage : stages) {
      String fingerprint = stage.fingerprint();
      Optional<Attempt> artifact = stage.attempt();
      if (artifact.isPresent()) {
        artifacts.add(artifact.get());
      } else if (fingerprint != null) {
        open.add(new RunRoots.Open(stage.type(), fingerprint));
      }
    }
    boolean whole = report != null && stages.stream().allMatch(stage -> stage.artifact() != null);
    return new RunRoots(artifacts, open, run.units(), whole);
  }

  private static Instant instant(JsonNode status, String key, Instant otherwise) {
    try {
      return Instant.parse(status.path(key).asText());
    } catch (DateTimeParseException e) {
      return otherwise;
    }
  }
}
