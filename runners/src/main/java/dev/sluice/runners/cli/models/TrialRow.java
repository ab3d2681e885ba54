package dev.sluice.runners.cli.models;

import dev.sluice.methods.prompt.Subject;
import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.records.Message;
import dev.sluice.records.Problem;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.ParquetRows;
import dev.sluice.runners.cli.inspect.Lineage;
import dev.sluice.runners.cli.inspect.Target;
import dev.sluice.runners.cli.terminal.GlobalOptions;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The row of a run that a prompt is tried on: a solution or a problem. */
final class TrialRow {
  private static final String SOLUTIONS = "solutions";

  private TrialRow() {}

  /**
   * The subject of a row.
   *
   * @param place {@code RUN/STAGE:ID}
   */
  static Subject find(String place, GlobalOptions global) {
    int colon = place.lastIndexOf(':');
    if (colon <= 0 || colon == place.length() - 1) {
      throw new UserMistake(
          "--row is RUN/STAGE:ID, such as 20261130-1/SampleSolutions:ab12, not '%s'. 'sluice inspect RUN/STAGE --rows 3' shows ids."
              .formatted(place));
    }
    String target = place.substring(0, colon);
    String id = place.substring(colon + 1);
    if (!(Target.of(target, global) instanceof Target.OfArtifact named)) {
      throw new UserMistake(
          "--row names a stage of a run, RUN/STAGE:ID; '%s' is not one.".formatted(target));
    }
    ArtifactStore store = ArtifactStore.open(named.artifact().workspace());
    Lineage.Link solution = null;
    Lineage.Link problem = null;
    for (Lineage.Link link : new Lineage(store).of(named.artifact(), id)) {
      solution = solution == null && link.table().equals(SOLUTIONS) ? link : solution;
      problem = problem == null && link.table().equals("problems") ? link : problem;
    }
    if (problem == null) {
      throw new UserMistake(
          "The stage '%s' has no row with the id '%s' that belongs to a problem; 'sluice inspect %s --rows 3' shows some."
              .formatted(named.artifact().manifest().stage(), id, target));
    }
    return solution == null
        ? new Subject(problem(problem), "", List.of())
        : new Subject(
            problem(problem),
            text(solution.row(), "text"),
            siblings(store, solution.artifact(), solution));
  }

  private static List<String> siblings(
      ArtifactStore store, Artifact artifact, Lineage.Link solution) {
    Map<Long, String> others = new TreeMap<>();
    for (ShardFile shard : artifact.shards(SOLUTIONS)) {
      ParquetRows.forEach(
          store.file(shard),
          row -> {
            boolean same =
                text(row, "problem_id").equals(text(solution.row(), "problem_id"))
                    && !text(row, "solution_id").equals(solution.id());
            if (same && row.get("sample_index") instanceof Number index) {
              others.put(index.longValue(), text(row, "text"));
            }
            return true;
          });
    }
    return List.copyOf(others.values());
  }

  private static Problem problem(Lineage.Link link) {
    List<Message> messages = new ArrayList<>();
    if (link.row().get("messages") instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Map<?, ?> message) {
          messages.add(
              new Message(
                  String.valueOf(message.get("role")), String.valueOf(message.get("content"))));
        }
      }
    }
    Map<String, String> attributes = new HashMap<>();
    if (link.row().get("attributes") instanceof Map<?, ?> map) {
      map.forEach((key, value) -> attributes.put(String.valueOf(key), String.valueOf(value)));
    }
    Object reference = link.row().get("reference_answer");
    return new Problem(
        link.id(),
        messages,
        reference == null ? null : reference.toString(),
        text(link.row(), "source"),
        null,
        attributes);
  }

  private static String text(Map<String, ? extends @Nullable Object> row, String column) {
    Object value = row.get(column);
    return value == null ? "" : value.toString();
  }
}
