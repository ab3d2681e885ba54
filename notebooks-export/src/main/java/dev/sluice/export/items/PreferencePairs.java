package dev.sluice.export.items;

import dev.sluice.export.Artifact;
import dev.sluice.export.Duplicates;
import dev.sluice.export.ExportSource;
import dev.sluice.export.items.LabelledSolutions.Labelled;
import dev.sluice.records.Preference;
import dev.sluice.records.Problem;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.Tables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
   * @param preference its texts, ids and margin
   */
  public record Pair(Problem problem, Preference preference) implements Item {
    /** Text of the preferred solution. */
    public String chosen() {
      return preference.chosen();
    }

    /** Text of the other. */
    public String rejected() {
      return preference.rejected();
    }

    @Override
    public String problemId() {
      return problem.problemId();
    }

    @Override
    public String id() {
      return preference.preferenceId();
    }

    @Override
    public Record ids(String run) {
      return new Ids.OfPair(
          problem.problemId(), preference.chosenId(), preference.rejectedId(), run);
    }

    @Override
    public List<Record> parts() {
      return List.of(preference, problem);
    }
  }

  @Override
  public Class<? extends Record> ids() {
    return Ids.OfPair.class;
  }

  @Override
  public List<String> tables() {
    return List.of("preferences", "problems");
  }

  @Override
  public Optional<Artifact> problems(ExportSource source) {
    Optional<Artifact> preferences = source.find("preferences");
    return preferences.isPresent()
        ? preferences.get().origin("problems")
        : new LabelledSolutions().problems(source);
  }

  @Override
  public void forEach(ExportSource source, Consumer<Pair> consumer) {
    Optional<Artifact> preferences = source.find("preferences");
    if (preferences.isPresent()) {
      written(source, preferences.get(), consumer);
      return;
    }
    Consumer<Pair> whole = pair -> accept(source, pair, consumer);
    List<Labelled> siblings = new ArrayList<>();
    new LabelledSolutions()
        .forEach(
            source,
            row -> {
              if (!siblings.isEmpty()
                  && !siblings.get(0).problem().problemId().equals(row.problem().problemId())) {
                pair(siblings, whole);
                siblings.clear();
              }
              siblings.add(row);
            });
    pair(siblings, whole);
  }

  /** Passes a pair on; trainers lose, turn over or cut pairs with an empty text without a word. */
  private static void accept(ExportSource source, Pair pair, Consumer<Pair> consumer) {
    if (pair.chosen().isBlank() || pair.rejected().isBlank()) {
      source.leftOut("pairs with an empty text", 1);
    } else {
      consumer.accept(pair);
    }
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
                  .add(new Pair(problems.row(row.problemId()), row)));
      siblings
          .values()
          .forEach(
              each -> consistent(source, each).forEach(pair -> accept(source, pair, consumer)));
    }
  }

  /**
   * The pairs of one problem, each once, without texts that are preferred here and rejected there.
   */
  private static List<Pair> consistent(ExportSource source, List<Pair> pairs) {
    if (source.request().rows().duplicates() == Duplicates.KEEP) {
      return pairs;
    }
    Map<List<String>, Pair> byTexts = new LinkedHashMap<>();
    pairs.forEach(pair -> byTexts.putIfAbsent(List.of(pair.chosen(), pair.rejected()), pair));
    Collection<Pair> distinct = byTexts.values();
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
      Labelled chosen = right.get(k);
      Labelled rejected = wrong.get(k);
      if (!chosen.solution().text().equals(rejected.solution().text())) {
        consumer.accept(new Pair(chosen.problem(), preference(chosen, rejected)));
      }
    }
  }

  /** The margin of two solutions is the difference of their scores, as a stage's is. */
  private static Preference preference(Labelled chosen, Labelled rejected) {
    return Preference.of(
        chosen.problem(), chosen.solution(), rejected.solution(), score(chosen) - score(rejected));
  }

  private static double score(Labelled row) {
    return row.label().stepScores().stream()
        .mapToDouble(score -> score)
        .min()
        .orElse(row.correct() ? 1 : 0);
  }
}
