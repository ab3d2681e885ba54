package dev.sluice.methods.verification;

import dev.sluice.methods.RowFault;
import dev.sluice.methods.prompt.Asked;
import dev.sluice.methods.prompt.JudgePrompt;
import dev.sluice.methods.prompt.PromptException;
import dev.sluice.methods.prompt.Subject;
import dev.sluice.models.Completion;
import dev.sluice.models.Failure;
import dev.sluice.models.Generation;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.Sampling;
import dev.sluice.records.Hashes;
import dev.sluice.records.Problem;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks a generative judge for votes on solutions. A vote depends on the judge, the solution, its id
 * and its index alone, whoever asks: a stage, a reward or an evaluation.
 */
public final class Judge {
  /** The class of the dead letters of rows that a prompt's template cannot be applied to. */
  public static final String TEMPLATE = "template";

  private final LanguageModel model;
  private final Granularity granularity;
  private final JudgePrompt prompt;
  private final Sampling sampling;

  /** A judge that is asked with a prompt. */
  public Judge(
      LanguageModel model, Granularity granularity, JudgePrompt prompt, Sampling sampling) {
    this.model = model;
    this.granularity = granularity;
    this.prompt = prompt;
    this.sampling = sampling;
  }

  /** What a vote speaks about. */
  public enum Granularity {
    /** Every step. */
    STEP,
    /** The solution as a whole. */
    OUTCOME
  }

  /**
   * What the seeds of votes derive from, beside the solution and the vote.
   *
   * @param run the seed of the run
   * @param stageType of the stage that asks
   * @param salt tells apart what one stage asks about one solution
   * @param round of the training that asks; else 0
   */
  public record Seeds(long run, String stageType, String salt, int round) {
    private long of(String id, int vote) {
      return Hashes.seed(run, stageType, salt, round, id, vote);
    }
  }

  /**
   * The votes on one solution.
   *
   * @param votes the votes in order, without those that are missing; empty if the request failed
   * @param failure why it failed, or why a vote is missing; empty if none is
   */
  public record Votes(List<Vote> votes, Optional<Failure> failure) {}

  /** The votes on every solution, in the order of the requests. */
  public List<Votes> ask(List<JudgeRequest> requests, Seeds seeds) {
    List<GenerationRequest> prompts = new ArrayList<>(requests.size());
    @Nullable Failure[] unasked = new @Nullable Failure[requests.size()];
    for (int i = 0; i < requests.size(); i++) {
      JudgeRequest each = requests.get(i);
      if (each.votes().isEmpty()) {
        continue;
      }
      try {
        prompts.add(prompt(each, each.votes().stream().map(k -> seeds.of(each.id(), k)).toList()));
      } catch (PromptException e) {
        unasked[i] = new Failure(String.valueOf(e.getMessage()), TEMPLATE, 1, false);
      }
    }
    Iterator<Generation> generations = model.generate(prompts).iterator();
    List<Votes> result = new ArrayList<>(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      Failure failure = unasked[i];
      if (requests.get(i).votes().isEmpty() || failure != null) {
        result.add(new Votes(List.of(), Optional.ofNullable(failure)));
      } else {
        result.add(read(requests.get(i), generations.next()));
      }
    }
    return result;
  }

  private GenerationRequest prompt(JudgeRequest judged, List<Long> seeds) {
    Asked asked =
        prompt.asked(
            new Subject(judged.problem(), judged.text(), judged.siblings(), judged.rubric()),
            granularity == Granularity.STEP);
    return new GenerationRequest(asked.text(), sampling, seeds, asked.system(), asked.schema());
  }

  private Votes read(JudgeRequest judged, Generation generation) {
    if (generation.failure() != null) {
      return new Votes(List.of(), Optional.of(generation.failure()));
    }
    List<Vote> read = new ArrayList<>(judged.votes().size());
    List<Failure> faults = new ArrayList<>();
    for (int k = 0; k < generation.completions().size(); k++) {
      int index = judged.votes().get(k);
      Completion reply = generation.completions().get(k);
      RowFault.read(
          () -> vote(judged, index, reply, generation.promptTokens()), read::add, faults::add);
    }
    return new Votes(List.copyOf(read), faults.stream().findFirst());
  }

  private Vote vote(JudgeRequest judged, int index, Completion reply, int promptTokens) {
    Problem problem = judged.problem();
    Optional<List<Boolean>> verdicts =
        granularity == Granularity.STEP
                && judged.steps() > 0
                && reply.finishReason() == Completion.FinishReason.STOP
            ? prompt.verdicts(problem, reply.text(), judged.steps())
            : Optional.empty();
    Optional<Boolean> outcome =
        granularity == Granularity.STEP
            ? verdicts.map(
                all -> prompt.finalVerdict(problem, reply.text()).orElse(!all.contains(false)))
            : prompt.outcome(problem, reply.text());
    return new Vote(
        index,
        "",
        reply.text(),
        outcome.isPresent(),
        verdicts.orElse(List.of()),
        outcome.orElse(null),
        verdicts.orElseGet(() -> stated(judged, reply)),
        prompt.namesIndex(),
        promptTokens,
        reply.tokenCount());
  }

  private List<Boolean> stated(JudgeRequest judged, Completion reply) {
    return granularity == Granularity.STEP && reply.finishReason() == Completion.FinishReason.STOP
        ? prompt.stated(judged.problem(), reply.text())
        : List.of();
  }
}
