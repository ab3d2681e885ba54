package dev.sluice.export.items;

import dev.sluice.export.Artifact;
import dev.sluice.export.Duplicates;
import dev.sluice.export.ExportSource;
import dev.sluice.export.items.LabelledSolutions.Labelled;
import dev.sluice.records.Problem;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Pairs of solutions of which one is preferred: of the table {@code preferences}, or, if no stage
 * wrote it, made of step labels: of each problem the solutions called correct, surest first, each
 * with one called incorrect, surest first. A solution is as sure as its weakest step; equal texts
 * make no pair.
 */
public final class PreferencePairs implements ItemSource<PreferencePairs.Pair> {

  /**
   * A pair.
   *
   * @param chosen text of the preferred solution
   * @param rejected text of the other
   */
  public record Pair(Problem problem, String chosen, String rejected) implements Item {}

  @Override
  public List<String> tables() {
    return List.of("preferences", "problems");
  }

  @Override
  public void forEach(ExportSource source, Consumer<Pair> consumer) {
    Optional<Artifact> preferences = source.find("preferences");
    if (preferences.isPresent()) {
      written(source, preferences.get(), consumer);
      return;
    }
    List<Labelled> siblings = new ArrayList<>();
    new LabelledSolutions()
        .forEach(
            source,
            row -> {
              if (!siblings.isEmpty()
                  && !siblings.get(0).problem().problemId().equals(row.problem().problemId())) {
                pair(siblings, consumer);
                siblings.clear();
              }
              siblings.add(row);
            });
    pair(siblings, consumer);
  }

  private static void written(ExportSource source, Artifact preferences, Consumer<Pair> consumer) {
    Lookup<Problem> problems = Lookup.problems(source.origin(preferences, "problems"));
    List<ShardFile> shards = preferences.manifest().shards("preferences");
    for (int i = 0; i < shards.size(); i++) {
      problems.turnTo(i, shards.size());
      Map<String, List<Pair>> siblings = new LinkedHashMap<>();
      preferences.forEach(
          shards.get(i),
          Tables.PREFERENCES,
          Set.of(),
          row ->
              siblings
                  .computeIfAbsent(row.problemId(), none -> new ArrayList<>())
                  .add(new Pair(problems.row(row.problemId()), row.chosen(), row.rejected())));
      siblings.values().forEach(each -> consistent(source, each).forEach(consumer));
    }
  }

  /**
   * The pairs of one problem, each once, without texts that are preferred here and rejected there.
   */
  private static List<Pair> consistent(ExportSource source, List<Pair> pairs) {
    if (source.request().duplicates() == Duplicates.KEEP) {
      return pairs;
    }
    Set<Pair> distinct = new LinkedHashSet<>(pairs);
    source.leftOut("copies of a pair", (long) pairs.size() - distinct.size());
    Set<String> contradictory = new HashSet<>();
    distinct.forEach(pair -> contradictory.add(pair.chosen()));
    contradictory.retainAll(distinct.stream().map(Pair::rejected).toList());
    List<Pair> kept =
        distinct.stream()
            .filter(
                pair ->
                    !contradictory.contains(pair.chosen())
                        && !contradictory.contains(pair.rejected()))
            .toList();
    source.leftOut(
        "pairs with a text that is both preferred and rejected",
        (long) distinct.size() - kept.size());
    return kept;
  }

  private static void pair(List<Labelled> siblings, Consumer<Pair> consumer) {
    Comparator<Labelled> byScore = Comparator.comparingDouble(PreferencePairs::score);
    List<Labelled> right =
        siblings.stream().filter(Labelled::correct).sorted(byScore.reversed()).toList();
    List<Labelled> wrong = siblings.stream().filter(Labelled::incorrect).sorted(byScore).toList();
    for (int k = 0; k < Math.min(right.size(), wrong.size()); k++) {
      String chosen = right.get(k).solution().text();
      String rejected = wrong.get(k).solution().text();
      if (!chosen.equals(rejected)) {
        consumer.accept(new Pair(right.get(k).problem(), chosen, rejected));
      }
    }
  }

  private static double score(Labelled row) {
    return row.label().stepScores().stream()
        .mapToDouble(score -> score)
        .min()
        .orElse(row.correct() ? 1 : 0);
  }
}
