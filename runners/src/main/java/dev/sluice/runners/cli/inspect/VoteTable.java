package dev.sluice.runners.cli.inspect;

import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.records.manifest.Manifest;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.ParquetRows;
import dev.sluice.runners.cli.terminal.TextTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The votes behind a label, side by side for each step, with the one that was selected. */
final class VoteTable {
  private static final String TABLE = "verifications";

  private final Map<String, @Nullable Object> label;
  private final List<Map<String, @Nullable Object>> votes;

  private VoteTable(
      Map<String, @Nullable Object> label, List<Map<String, @Nullable Object>> votes) {
    this.label = label;
    this.votes = votes;
  }

  /** The votes that an artifact of labels read about the solution of one of its rows. */
  static VoteTable of(ArtifactStore store, Artifact labels, Map<String, @Nullable Object> label) {
    List<Map<String, @Nullable Object>> votes = new ArrayList<>();
    for (Manifest.Input input : labels.manifest().inputs().values()) {
      if (input.table().equals(TABLE)) {
        store
            .source(input)
            .ifPresent(
                source -> {
                  for (ShardFile shard : source.shards(TABLE)) {
                    ParquetRows.forEach(
                        store.file(shard),
                        row -> {
                          if (Objects.equals(row.get("solution_id"), label.get("solution_id"))) {
                            votes.add(row);
                          }
                          return true;
                        });
                  }
                });
      }
    }
    votes.sort(
        Comparator.comparing((Map<String, @Nullable Object> vote) -> text(vote.get("pass")))
            .thenComparingLong(
                vote -> vote.get("vote_index") instanceof Number number ? number.longValue() : 0));
    return new VoteTable(label, votes);
  }

  /** The votes, for JSON. */
  List<Map<String, @Nullable Object>> votes() {
    return votes;
  }

  /**
   * Each step with its verdicts: {@code +} correct, {@code -} incorrect, {@code .} none.
   *
   * @param width longest step; 0 for no bound
   */
  String steps(int width) {
    List<?> steps = list(label.get("steps"));
    List<?> labels = list(label.get("step_labels"));
    List<String> titles = new ArrayList<>(List.of(">step", "correct", "label"));
    for (int i = 0; i < votes.size(); i++) {
      titles.add(i + (selected(votes.get(i)) ? "*" : ""));
    }
    titles.add("text");
    TextTable table = new TextTable(titles.toArray(String[]::new));
    for (int step = 0; step < steps.size(); step++) {
      List<String> cells = new ArrayList<>(List.of(Integer.toString(step), share(step)));
      cells.add(step < labels.size() ? Boolean.TRUE.equals(labels.get(step)) ? "+" : "-" : "none");
      for (Map<String, @Nullable Object> vote : votes) {
        cells.add(sign(verdict(vote, step)));
      }
      cells.add(RowTable.cell(steps.get(step), width));
      table.row(cells.toArray(String[]::new));
    }
    return table.toString();
  }

  /** Votes that call a step correct, of those that say anything of it: ties have shares too. */
  private String share(int step) {
    long said = votes.stream().filter(vote -> verdict(vote, step) != null).count();
    long right = votes.stream().filter(vote -> Boolean.TRUE.equals(verdict(vote, step))).count();
    return right + " of " + said;
  }

  /**
   * One line for each vote.
   *
   * @param texts whether what the judge wrote follows
   */
  String list(boolean texts, int width) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < votes.size(); i++) {
      Map<String, @Nullable Object> vote = votes.get(i);
      Object outcome = vote.get("outcome_verdict");
      lines.append(
          "vote %d%s  %s  %s, index %s  %s%n"
              .formatted(
                  i,
                  selected(vote) ? "*" : " ",
                  vote.get("verification_id"),
                  vote.get("pass"),
                  vote.get("vote_index"),
                  Boolean.FALSE.equals(vote.get("parsed"))
                      ? "not parsed: an abstention"
                      : outcome == null
                          ? "no verdict on the whole"
                          : "calls the whole "
                              + (Boolean.TRUE.equals(outcome) ? "correct" : "incorrect")));
      if (texts) {
        for (String line : text(vote.get("text")).split("\n", -1)) {
          lines.append("    ").append(RowTable.cell(line, width)).append('\n');
        }
      }
    }
    if (votes.stream().anyMatch(this::selected)) {
      lines.append("* is the vote that was selected as a training target.\n");
    }
    return lines.toString();
  }

  boolean isEmpty() {
    return votes.isEmpty();
  }

  private boolean selected(Map<String, @Nullable Object> vote) {
    Object selected = label.get("selected_verification");
    return selected != null && selected.equals(vote.get("verification_id"));
  }

  private static @Nullable Boolean verdict(Map<String, @Nullable Object> vote, int step) {
    List<?> verdicts = list(vote.get("step_verdicts"));
    if (verdicts.isEmpty()) {
      return null;
    }
    Object verdict = step < verdicts.size() ? verdicts.get(step) : null;
    return verdict instanceof Boolean known ? known : null;
  }

  private static String sign(@Nullable Boolean verdict) {
    if (verdict == null) {
      return ".";
    }
    return verdict ? "+" : "-";
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }
}
