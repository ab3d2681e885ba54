package dev.sluice.runners.cli.inspect;

import dev.sluice.pipelines.run.folder.RunReport;
import dev.sluice.pipelines.run.folder.StageReport;
import dev.sluice.pipelines.store.Artifact;
import dev.sluice.records.Metric;
import dev.sluice.records.json.Json;
import dev.sluice.records.manifest.Manifest;
import dev.sluice.records.manifest.Numerics;
import dev.sluice.records.manifest.RetriedRows;
import dev.sluice.records.parquet.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What differs between two runs. */
final class RunDiff {
  private static final String NOTHING = "-";

  private RunDiff() {}

  /**
   * One stage.
   *
   * @param verdict {@code same}, {@code differs}, or which run alone has it
   * @param changes what differs; empty if nothing does
   */
  record Stage(String name, String verdict, List<Change> changes) {}

  /** A value in both runs; {@code -} where there is none. */
  record Change(String what, String a, String b) {}

  /** The stages of both runs, in the order of the first, then those of the second alone. */
  static List<Stage> of(RunReport a, RunReport b) {
    Set<String> names = new LinkedHashSet<>();
    a.stages().forEach(stage -> names.add(stage.name()));
    b.stages().forEach(stage -> names.add(stage.name()));
    return names.stream().map(name -> stage(name, a, b)).toList();
  }

  private static Stage stage(String name, RunReport a, RunReport b) {
    boolean inA = a.stages().stream().anyMatch(stage -> stage.name().equals(name));
    boolean inB = b.stages().stream().anyMatch(stage -> stage.name().equals(name));
    if (!inA || !inB) {
      return new Stage(name, "only in " + (inA ? a : b).runId(), List.of());
    }
    Artifact left = artifact(a, name);
    Artifact right = artifact(b, name);
    if (left == null || right == null) {
      return new Stage(
          name,
          left == null && right == null
              ? "no artifact in either"
              : "no artifact in " + (left == null ? a : b).runId(),
          List.of());
    }
    List<Change> changes = new ArrayList<>();
    Manifest m = left.manifest();
    Manifest n = right.manifest();
    add(changes, "seed", m.seed(), n.seed());
    each(changes, "config.", flat("", m.config()), flat("", n.config()));
    each(changes, "model ", m.models(), n.models());
    add(changes, "rows out", m.counts().out(), n.counts().out());
    add(changes, "rows dead", m.counts().dead(), n.counts().dead());
    add(changes, "rows unparsed", m.counts().unparsed(), n.counts().unparsed());
    each(changes, "metric ", metrics(m), metrics(n));
    if (!m.digest().equals(n.digest())) {
      add(changes, "digest", m.digest(), n.digest());
      rows(changes, left, right);
    }
    String verdict = changes.isEmpty() ? "same" : "differs";
    // Equal rows are the same wherever they were computed; different ones may differ for this.
    add(changes, "asked again", askedAgain(m), askedAgain(n));
    add(changes, "computed on", computedOn(m), computedOn(n));
    return new Stage(name, verdict, changes);
  }

  private static @Nullable Artifact artifact(RunReport run, String name) {
    for (StageReport stage : run.stages()) {
      if (stage.name().equals(name)) {
        return stage.artifact() == null ? null : Target.artifact(run, name);
      }
    }
    return null;
  }

  private static void add(
      List<Change> changes, String what, @Nullable Object a, @Nullable Object b) {
    if (!Objects.equals(a, b)) {
      changes.add(new Change(what, text(a), text(b)));
    }
  }

  private static String text(@Nullable Object value) {
    return value == null ? NOTHING : value instanceof String text ? text : Json.compact(value);
  }

  private static void each(
      List<Change> changes, String prefix, Map<String, ?> a, Map<String, ?> b) {
    Set<String> keys = new LinkedHashSet<>(a.keySet());
    keys.addAll(b.keySet());
    keys.forEach(key -> add(changes, prefix + key, a.get(key), b.get(key)));
  }

  /** A config's single values by their path. */
  private static Map<String, Object> flat(String prefix, Map<?, ?> block) {
    Map<String, Object> all = new LinkedHashMap<>();
    block.forEach(
        (key, value) -> {
          if (value instanceof Map<?, ?> inner) {
            all.putAll(flat(prefix + key + ".", inner));
          } else if (value != null) {
            all.put(prefix + key, value);
          }
        });
    return all;
  }

  private static Map<String, Object> metrics(Manifest manifest) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (Metric metric : manifest.metrics()) {
      all.put(metric.name(), metric.value());
    }
    return all;
  }

  private static @Nullable String askedAgain(Manifest manifest) {
    RetriedRows asked = manifest.askedAgain();
    return asked == null ? null : asked.text();
  }

  private static @Nullable String computedOn(Manifest manifest) {
    String all =
        manifest.computedOn().stream().map(Numerics::text).collect(Collectors.joining("; "));
    return all.isEmpty() ? null : all;
  }

  private static void rows(List<Change> changes, Artifact a, Artifact b) {
    Set<String> tables = new LinkedHashSet<>();
    a.manifest().shards().forEach(shard -> tables.add(shard.table()));
    b.manifest().shards().forEach(shard -> tables.add(shard.table()));
    for (String table : tables) {
      if (a.manifest().digest(table).equals(b.manifest().digest(table))) {
        continue;
      }
      RowsDiff rows = RowsDiff.of(a, b, Tables.named(table));
      add(changes, table + ": rows it has alone", rows.onlyA(), rows.onlyB());
      if (rows.changed() > 0) {
        changes.add(
            new Change(
                table + ": rows with other content", NOTHING, Long.toString(rows.changed())));
      }
    }
  }
}
