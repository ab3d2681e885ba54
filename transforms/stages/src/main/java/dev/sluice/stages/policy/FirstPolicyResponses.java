package dev.sluice.stages.policy;

import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.Response;
import dev.sluice.models.Completion;
import dev.sluice.models.Generation;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.TokenCertainty;
import dev.sluice.models.TokenSpans;
import dev.sluice.records.Hashes;
import dev.sluice.records.Problem;
import dev.sluice.records.Solution;
import dev.sluice.records.parquet.Tables;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.scoring.InitialPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Responses of the first policy, which a reward is compared with. They are the same in every round:
 * their seeds do not depend on it. Where the unit reads stored solutions, these take their place.
 */
final class FirstPolicyResponses implements InitialPolicy {
  private final UpdatePolicyConfig config;
  private final UnitContext context;
  private final AskedPolicy asked;

  FirstPolicyResponses(UpdatePolicyConfig config, UnitContext context) {
    this.config = config;
    this.context = context;
    this.asked = new AskedPolicy(config);
  }

  /** The port of stored solutions. */
  static final String OFFLINE = "offline";

  @Override
  public TokenSpans tokens(Response response) {
    return writer().tokens(response);
  }

  @Override
  public String prompt(Response response) {
    return writer().prompt(response);
  }

  @Override
  public List<TokenCertainty> certainty(List<Response> responses) {
    return writer().certainty(responses);
  }

  private PolicyWriter writer() {
    return new PolicyWriter(config, context.model(config.model()));
  }

  /**
   * For each group as many responses to its problem; one that cannot be read is an empty one. Of
   * stored solutions the first ones by sample index, which may be fewer, or none.
   */
  @Override
  public List<Group> responses(List<Group> groups, int count) {
    return context.has(OFFLINE) ? stored(groups, count) : written(groups, count);
  }

  private List<Group> stored(List<Group> groups, int count) {
    Map<String, List<Solution>> byProblem = new HashMap<>();
    groups.forEach(group -> byProblem.put(group.problem().problemId(), new ArrayList<>()));
    context.forEach(
        OFFLINE,
        Tables.SOLUTIONS,
        solution -> byProblem.getOrDefault(solution.problemId(), new ArrayList<>()).add(solution));
    List<Group> all = new ArrayList<>();
    for (Group group : groups) {
      List<Response> responses =
          byProblem.getOrDefault(group.problem().problemId(), List.of()).stream()
              .sorted(
                  Comparator.comparingInt(Solution::sampleIndex)
                      .thenComparing(Solution::solutionId))
              .limit(count)
              .map(solution -> response(group.problem(), solution))
              .toList();
      all.add(new Group(group.problem(), responses));
    }
    return all;
  }

  private Response response(Problem problem, Solution solution) {
    Completion.FinishReason end =
        solution.finishReason().equals("length")
            ? Completion.FinishReason.LENGTH
            : Completion.FinishReason.STOP;
    Completion completion =
        new Completion(
            solution.text(),
            new int[0],
            new float[0],
            end,
            solution.completionTokens(),
            List.of(),
            "",
            Set.of());
    return asked.response(
        problem, solution.sampleIndex(), solution.solutionId(), completion, reason -> {});
  }

  private List<Group> written(List<Group> groups, int count) {
    List<GenerationRequest> requests = new ArrayList<>();
    for (Group group : groups) {
      List<Long> seeds = new ArrayList<>();
      for (int m = 0; m < count; m++) {
        seeds.add(
            Hashes.seed(
                context.seed(), UpdatePolicy.NAME, "first", 0, group.problem().problemId(), m));
      }
      requests.add(asked.request(group.problem(), seeds));
    }
    List<Generation> generations = context.model(config.model()).generate(requests);
    List<Group> first = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      Problem problem = groups.get(g).problem();
      Generation generation = generations.get(g);
      List<Response> responses = new ArrayList<>();
      for (int m = 0; m < count; m++) {
        Completion completion =
            generation.error() == null ? generation.completions().get(m) : AskedPolicy.NOTHING;
        String id = Hashes.id(problem.problemId(), UpdatePolicy.NAME, "first", m);
        responses.add(asked.response(problem, m, id, completion, reason -> {}));
      }
      first.add(new Group(problem, responses));
    }
    return first;
  }
}
