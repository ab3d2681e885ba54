package dev.sluice.export.notebook;

import dev.sluice.export.Artifact;
import dev.sluice.export.RunView;
import dev.sluice.records.Metric;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The artifacts that a report speaks of, by what they are in it. Of several the last counts. */
final class Artifacts {
  private final RunView run;
  private final Map<String, Artifact> roles = new LinkedHashMap<>();

  Artifacts(RunView run) {
    this.run = run;
    put("labels", run.last("AggregateStepLabels").map(RunView.Stage::artifact));
    put("problems", find("labels").flatMap(labels -> labels.origin("problems")));
    put("reward", run.last("TrainReward").map(RunView.Stage::artifact));
    put("policy", run.last("UpdatePolicy").map(RunView.Stage::artifact));
    put("dev", find("policy").flatMap(policy -> policy.input("dev")));
    put("evaluation", run.last("Evaluate").map(RunView.Stage::artifact));
  }

  private void put(String role, Optional<Artifact> artifact) {
    artifact.ifPresent(found -> roles.put(role, found));
  }

  RunView run() {
    return run;
  }

  /** The artifact in a role, such as {@code labels}. */
  Optional<Artifact> find(String role) {
    return Optional.ofNullable(roles.get(role));
  }

  /** All roles; null for one that the run does not fill. */
  Map<String, @Nullable Artifact> all() {
    Map<String, @Nullable Artifact> all = new LinkedHashMap<>();
    for (String role : List.of("labels", "problems", "reward", "policy", "dev", "evaluation")) {
      all.put(role, roles.get(role));
    }
    return all;
  }

  /** The rows of a table of the artifact in a role; none if there is no such artifact. */
  <R extends Record> List<R> rows(String role, Table<R> table) {
    List<R> rows = new ArrayList<>();
    find(role).ifPresent(artifact -> artifact.forEach(table, rows::add));
    return rows;
  }

  /** Metrics of the artifact in a role. */
  List<Metric> metrics(String role, Predicate<Metric> wanted) {
    return rows(role, Tables.METRICS).stream().filter(wanted).toList();
  }

  /** Final values of the metrics of the artifact in a role, by name. */
  Map<String, Metric> finals(String role) {
    Map<String, Metric> finals = new LinkedHashMap<>();
    for (Metric metric : metrics(role, each -> each.round() == 0 && each.step() == 0)) {
      finals.put(metric.name(), metric);
    }
    return finals;
  }
}
