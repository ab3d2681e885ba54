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
import dev.sluice.records.Criterion;
import dev.sluice.records.Hashes;
import dev.sluice.records.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
  private final int votes;

  /** A judge that gives {@code votes} votes on every solution, asked as its world asks. */
  public Judge(LanguageModel model, Granularity granularity, Sampling sampling, int votes) {
    this(model, granularity, JudgePrompt.TASK, sampling, votes);
  }

  /** A judge that gives {@code votes} votes on every solution. */
  public Judge(
      LanguageModel model,
      Granularity granularity,
      JudgePrompt prompt,
      Sampling sampling,
      int votes) {
    this.model = model;
    this.granularity = granularity;
    this.prompt = prompt;
    this.sampling = sampling;
    this.votes = votes;
  }

  /** What a vote speaks about. */
  public enum Granularity {
    /** Every step. */
    STEP,
    /** The solution as a whole. */
    OUTCOME
  }

  /**
   * A solution to be judged.
   *
   * @param problem the problem
   * @param text the solution's text
   * @param steps the number of its steps
   * @param id derives the seeds of the votes
   * @param siblings other solutions of the problem, for prompts that show them
   * @param rubric criteria of the solution, for prompts that show them
   */
  public record Case(
      Problem problem,
      String text,
      int steps,
      String id,
      List<String> siblings,
      List<Criterion> rubric) {

    /** A solution among others of its problem. */
    public Case(Problem problem, String text, int steps, String id, List<String> siblings) {
      this(problem, text, steps, id, siblings, List.of());
    }

    /** A solution that is judged alone. */
    public Case(Problem problem, String text, int steps, String id) {
      this(problem, text, steps, id, List.of());
    }
  }

  /**
   * One vote.
   *
   * @param index from 0, within the solution
   * @param text what the judge wrote
   * @param verdicts the verdict on each step; empty if it did not parse or speaks of the whole
   * @param outcome the verdict on the whole: the judge's own, else whether every step is correct;
   *     empty if it did not parse
   * @param promptTokens tokens of the prompt
   * @param completionTokens tokens of the text
   * @param stated the verdicts on steps that the text states, however many; empty if there are
   *     none, or the reply was cut off
   */
  public record Vote(
      int index,
      String text,
      List<Boolean> verdicts,
      Optional<Boolean> outcome,
      int promptTokens,
      int completionTokens,
      List<Boolean> stated) {

    /** A vote that states what it is read as. */
    public Vote(
        int index,
        String text,
        List<Boolean> verdicts,
        Optional<Boolean> outcome,
        int promptTokens,
        int completionTokens) {
      this(index, text, verdicts, outcome, promptTokens, completionTokens, verdicts);
    }

    /** Whether the text is a vote; if not, it is an abstention. */
    public boolean parsed() {
      return outcome.isPresent();
    }
  }

  /**
   * The votes on one solution.
   *
   * @param votes the votes in order, without those that are missing; empty if the request failed
   * @param failure why it failed, or why a vote is missing; empty if none is
   */
  public record Votes(List<Vote> votes, Optional<Failure> failure) {}

  /** The votes on every case, in order. */
  public List<Votes> judge(
      List<Case> cases, long runSeed, String stageType, String salt, int round) {
    List<Integer> all = IntStream.range(0, votes).boxed().toList();
    return judge(cases, Collections.nCopies(cases.size(), all), runSeed, stageType, salt, round);
  }

  /**
   * Some of the votes on every case, in order.
   *
   * @param indexes which votes on each case; a case of which none are wanted is not asked
   */
  public List<Votes> judge(
      List<Case> cases,
      List<List<Integer>> indexes,
      long runSeed,
      String stageType,
      String salt,
      int round) {
    List<GenerationRequest> requests = new ArrayList<>(cases.size());
    @Nullable Failure[] unasked = new @Nullable Failure[cases.size()];
    for (int i = 0; i < cases.size(); i++) {
      Case each = cases.get(i);
      if (indexes.get(i).isEmpty()) {
        continue;
      }
      List<Long> seeds = new ArrayList<>(indexes.get(i).size());
      for (int k : indexes.get(i)) {
        seeds.add(Hashes.seed(runSeed, stageType, salt, round, each.id(), k));
      }
      try {
        requests.add(request(each, seeds));
      } catch (PromptException e) {
        unasked[i] = new Failure(String.valueOf(e.getMessage()), TEMPLATE, 1, false);
      }
    }
    Iterator<Generation> generations = model.generate(requests).iterator();
    List<Votes> result = new ArrayList<>(cases.size());
    for (int i = 0; i < cases.size(); i++) {
      List<Integer> wanted = indexes.get(i);
      Failure failure = unasked[i];
      if (wanted.isEmpty() || failure != null) {
        result.add(new Votes(List.of(), Optional.ofNullable(failure)));
      } else {
        result.add(read(cases.get(i), wanted, generations.next()));
      }
    }
    return result;
  }

  private GenerationRequest request(Case judged, List<Long> seeds) {
    Asked asked =
        prompt.asked(
            new Subject(judged.problem(), judged.text(), judged.siblings(), judged.rubric()),
            granularity == Granularity.STEP);
    return new GenerationRequest(asked.text(), sampling, seeds, asked.system(), asked.schema());
  }

  private Votes read(Case judged, List<Integer> indexes, Generation generation) {
    if (generation.failure() != null) {
      return new Votes(List.of(), Optional.of(generation.failure()));
    }
    List<Vote> read = new ArrayList<>(indexes.size());
    List<Failure> faults = new ArrayList<>();
    for (int k = 0; k < generation.completions().size(); k++) {
      int index = indexes.get(k);
      Completion reply = generation.completions().get(k);
      RowFault.read(
          () -> vote(judged, index, reply, generation.promptTokens()), read::add, faults::add);
    }
    return new Votes(List.copyOf(read), faults.stream().findFirst());
  }

  private Vote vote(Case judged, int index, Completion reply, int promptTokens) {
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
        reply.text(),
        verdicts.orElse(List.of()),
        outcome,
        promptTokens,
        reply.tokenCount(),
        verdicts.orElseGet(() -> stated(judged, reply)));
  }

  private List<Boolean> stated(Case judged, Completion reply) {
    return granularity == Granularity.STEP && reply.finishReason() == Completion.FinishReason.STOP
        ? prompt.stated(judged.problem(), reply.text())
        : List.of();
  }
}
