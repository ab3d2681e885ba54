package dev.sluice.stages.aggregation;

import dev.sluice.methods.label.Ballot;
import dev.sluice.methods.label.FirstErrorVotes;
import dev.sluice.methods.label.LabelEstimator;
import dev.sluice.methods.label.StepLabels;
import dev.sluice.methods.verification.Judge;
import dev.sluice.methods.verification.StepVotes;
import dev.sluice.methods.verification.Vote;
import dev.sluice.parts.ConfigMistake;
import dev.sluice.parts.Gives;
import dev.sluice.parts.Method;
import dev.sluice.parts.Need;
import dev.sluice.records.StepLabel;
import dev.sluice.records.config.Key;
import dev.sluice.records.config.Kind;
import dev.sluice.stages.dataset.DatasetShape;
import dev.sluice.stages.synthesis.DatasetFile;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Labels that a file states. The stage makes a ballot of them in place of votes: one vote at most,
 * which is the label. The gate, which keeps texts from a judge, has no say.
 */
@Kind(value = "file", doc = "Labels of a dataset's file. No votes are read.")
@Method(
    name = "Stored labels",
    formula = "v_i = the file's label of step i; steps after a named first error are 0")
public record FileLabels(
    @Key(
            value = "Path of the file of labels. Its extension selects the format.",
            refersTo = Key.FILE)
        String path,
    @Key("Dataset whose rows the file of labels has.") DatasetShape dataset,
    @Key(
            value =
                "Whether the labels are those of each step, or the one of the whole solution, as in unpaired preferences.",
            byDefault = "step")
        Judge.Granularity granularity,
    @Key(
            value =
                "States that the labels of the file were made without people and reference answers. Otherwise the run is not reference-free.",
            byDefault = "false")
        boolean referenceFree)
    implements LabelEstimator {

  /** The file of labels. */
  DatasetFile file() {
    return new DatasetFile(path, dataset, referenceFree);
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.STEPS);
  }

  @Override
  public Set<Gives> gives() {
    return granularity == Judge.Granularity.STEP
        ? Set.of(Gives.STEP_SIGNS, Gives.STEP_SCORES, Gives.OUTCOME)
        : Set.of(Gives.OUTCOME);
  }

  @Override
  public List<ConfigMistake> check(String key) {
    return file().declarationMistakes(key + ".");
  }

  /** The label of the vote of the lowest index that has one of this granularity. */
  @Override
  public StepLabel estimate(Ballot ballot) {
    int steps = ballot.steps().size();
    return ballot.votes().stream()
        .sorted(Comparator.comparingInt(Vote::index))
        .flatMap(vote -> label(ballot, vote, steps).stream())
        .findFirst()
        .orElseGet(() -> StepLabels.unlabelled(ballot, "few_votes", 0, name()));
  }

  private Optional<StepLabel> label(Ballot ballot, Vote vote, int steps) {
    if (granularity == Judge.Granularity.OUTCOME) {
      Boolean outcome = vote.outcome();
      return outcome == null ? Optional.empty() : Optional.of(row(ballot, List.of(), outcome));
    }
    List<Boolean> stated = StepVotes.fitted(vote.verdicts(), steps, vote.namesIndex());
    if (stated.size() != steps || steps == 0) {
      return Optional.empty();
    }
    List<Boolean> labels =
        vote.namesIndex() ? FirstErrorVotes.labels(stated.indexOf(false), steps) : stated;
    return Optional.of(row(ballot, labels, !labels.contains(false)));
  }

  private StepLabel row(Ballot ballot, List<Boolean> labels, boolean outcome) {
    return new StepLabel(
        ballot.solutionId(),
        ballot.problemId(),
        "labelled",
        ballot.steps(),
        labels.stream().map(correct -> correct ? 1.0 : 0.0).toList(),
        labels,
        labels.indexOf(false),
        outcome,
        1,
        Collections.nCopies(labels.size(), 1.0),
        name(),
        null);
  }
}
