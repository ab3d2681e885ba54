package dev.sluice.stages.aggregation;

import dev.sluice.methods.label.Ballot;
import dev.sluice.methods.label.FirstErrorVotes;
import dev.sluice.methods.label.LabelEstimator;
import dev.sluice.methods.label.StepLabels;
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
    return Set.of(Gives.STEP_SIGNS, Gives.STEP_SCORES, Gives.OUTCOME);
  }

  @Override
  public List<ConfigMistake> check(String key) {
    return file().declarationMistakes(key + ".");
  }

  /** The vote of the lowest index that fits; one on the whole solution where none is on steps. */
  @Override
  public StepLabel estimate(Ballot ballot) {
    int steps = ballot.steps().size();
    Optional<Vote> stated =
        ballot.votes().stream()
            .sorted(Comparator.comparingInt(Vote::index))
            .filter(vote -> fitted(vote, steps).size() == steps || onWhole(vote))
            .findFirst();
    if (stated.isEmpty()) {
      return StepLabels.unlabelled(ballot, "few_votes", 0, name());
    }
    Vote vote = stated.get();
    List<Boolean> labels = List.of();
    if (!onWhole(vote)) {
      labels =
          vote.namesIndex()
              ? FirstErrorVotes.labels(vote.firstError(), steps)
              : fitted(vote, steps);
    }
    return new StepLabel(
        ballot.solutionId(),
        ballot.problemId(),
        "labelled",
        ballot.steps(),
        labels.stream().map(correct -> correct ? 1.0 : 0.0).toList(),
        labels,
        labels.indexOf(false),
        onWhole(vote) ? vote.outcome() : Boolean.valueOf(!labels.contains(false)),
        1,
        Collections.nCopies(labels.size(), 1.0),
        name(),
        null);
  }

  private static boolean onWhole(Vote vote) {
    return vote.verdicts().isEmpty() && vote.outcome() != null;
  }

  private static List<Boolean> fitted(Vote vote, int steps) {
    return StepVotes.fitted(vote.verdicts(), steps, vote.namesIndex());
  }
}
