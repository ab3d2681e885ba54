package dev.sluice.export.items;

import dev.sluice.export.Artifact;
import dev.sluice.export.Duplicates;
import dev.sluice.export.ExportSource;
import dev.sluice.export.items.LabelledSolutions.Labelled;
import dev.sluice.records.StepLabel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes one label of the labels of equal texts: a trainer that sees a text twice with different
 * labels learns neither. A step's label is the majority of the copies' labels; ties follow the
 * {@code tie} key of the stage that labelled them, so that a tie at or before the first incorrect
 * step drops the text, counts incorrect or takes the first copy's label, and a later tie counts
 * incorrect. A text is correct if all its steps are; outcomes are pooled only where steps have no
 * labels. Step scores are means weighted by votes.
 */
final class LabelPool {
  private static final String COPIES = "copies of a solution text, pooled into one row";
  private static final String TIES = "solution texts whose copies have tied labels";

  private final ExportSource source;
  private final String tie;

  private LabelPool(ExportSource source, String tie) {
    this.source = source;
    this.tie = tie;
  }

  /** The pool for the labels of an artifact. */
  static LabelPool of(ExportSource source, Artifact labels) {
    return new LabelPool(source, tie(labels.manifest().config()).orElse("drop"));
  }

  private static Optional<String> tie(Map<?, ?> config) {
    if (config.get("tie") instanceof String tie) {
      return Optional.of(tie);
    }
    return config.get("estimator") instanceof Map<?, ?> estimator
        ? tie(estimator)
        : Optional.empty();
  }

  /** The labelled solutions of one problem, each text once unless duplicates are kept. */
  List<Labelled> pooled(List<Labelled> siblings) {
    if (source.request().rows().duplicates() == Duplicates.KEEP) {
      return siblings;
    }
    Map<List<String>, List<Labelled>> byText = new LinkedHashMap<>();
    for (Labelled each : siblings) {
      List<String> key = new ArrayList<>(each.label().steps());
      key.add(each.solution().text());
      byText.computeIfAbsent(key, none -> new ArrayList<>()).add(each);
    }
    List<Labelled> pooled = new ArrayList<>();
    for (List<Labelled> copies : byText.values()) {
      source.leftOut(COPIES, copies.size() - 1L);
      Labelled one = copies.size() == 1 ? copies.get(0) : merged(copies);
      if (one == null) {
        source.leftOut(TIES, 1);
      } else {
        pooled.add(one);
      }
    }
    return pooled;
  }

  private @Nullable Labelled merged(List<Labelled> copies) {
    Labelled first = copies.get(0);
    List<StepLabel> labels = copies.stream().map(Labelled::label).toList();
    Optional<List<Boolean>> steps = steps(labels, first.label().steps().size());
    if (steps.isEmpty()) {
      return null;
    }
    List<Boolean> verdicts = steps.get();
    List<Boolean> outcomes =
        verdicts.isEmpty()
            ? labels.stream().map(StepLabel::outcome).filter(outcome -> outcome != null).toList()
            : List.of(!verdicts.contains(false));
    Optional<Boolean> outcome = majority(outcomes, true);
    if (outcome.isEmpty() && !outcomes.isEmpty()) {
      return null;
    }
    List<Double> scores = meanScores(labels);
    StepLabel target =
        labels.stream()
            .filter(label -> label.stepLabels().equals(verdicts))
            .findFirst()
            .orElse(null);
    return new Labelled(
        first.problem(),
        first.solution(),
        new StepLabel(
            first.label().solutionId(),
            first.label().problemId(),
            first.label().status(),
            first.label().steps(),
            scores,
            verdicts,
            verdicts.indexOf(false),
            outcome.orElse(null),
            labels.stream().mapToInt(StepLabel::votes).sum(),
            agreement(scores, verdicts),
            first.label().estimator(),
            target == null ? null : target.selectedVerification()));
  }

  /** The pooled label of each step; empty if a tie drops the text. */
  private Optional<List<Boolean>> steps(List<StepLabel> labels, int lines) {
    List<List<Boolean>> given =
        labels.stream().map(StepLabel::stepLabels).filter(each -> each.size() == lines).toList();
    List<Boolean> steps = new ArrayList<>();
    for (int i = 0; i < lines && !given.isEmpty(); i++) {
      int line = i;
      Optional<Boolean> step =
          majority(given.stream().map(each -> each.get(line)).toList(), !steps.contains(false));
      if (step.isEmpty()) {
        return Optional.empty();
      }
      steps.add(step.get());
    }
    return Optional.of(steps);
  }

  /**
   * The majority.
   *
   * @param decides whether a tie decides the label; else it counts incorrect
   * @return empty for a tie that drops the text, and for no votes
   */
  private Optional<Boolean> majority(List<Boolean> votes, boolean decides) {
    long right = votes.stream().filter(vote -> vote).count();
    if (votes.isEmpty()) {
      return Optional.empty();
    }
    if (2 * right != votes.size()) {
      return Optional.of(2 * right > votes.size());
    }
    if (!decides || tie.equals("incorrect")) {
      return Optional.of(false);
    }
    return tie.equals("first") ? Optional.of(votes.get(0)) : Optional.empty();
  }

  /** Means weighted by votes; empty if no label has scores. */
  private static List<Double> meanScores(List<StepLabel> labels) {
    List<StepLabel> given = labels.stream().filter(each -> !each.stepScores().isEmpty()).toList();
    List<Double> means = new ArrayList<>();
    double weights = given.stream().mapToDouble(LabelPool::weight).sum();
    for (int i = 0; i < (given.isEmpty() ? 0 : given.get(0).stepScores().size()); i++) {
      double sum = 0;
      for (StepLabel each : given) {
        sum += weight(each) * each.stepScores().get(i);
      }
      means.add(sum / weights);
    }
    return means;
  }

  private static double weight(StepLabel label) {
    return Math.max(1, label.votes());
  }

  private static List<Double> agreement(List<Double> scores, List<Boolean> verdicts) {
    List<Double> agreement = new ArrayList<>();
    for (int i = 0; i < Math.min(scores.size(), verdicts.size()); i++) {
      agreement.add(verdicts.get(i) ? scores.get(i) : 1 - scores.get(i));
    }
    return agreement;
  }
}
