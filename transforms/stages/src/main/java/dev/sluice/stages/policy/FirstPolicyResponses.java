package dev.sluice.stages.policy;

import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.Response;
import dev.sluice.models.Completion;
import dev.sluice.models.Generation;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.TokenSpans;
import dev.sluice.records.Hashes;
import dev.sluice.records.Problem;
import dev.sluice.stages.UnitContext;
import dev.sluice.stages.scoring.InitialPolicy;
import java.util.ArrayList;
import java.util.List;

/**
 * Responses of the first policy, which a reward is compared with. They are the same in every round:
 * their seeds do not depend on it.
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

  @Override
  public TokenSpans tokens(Response response) {
    return new PolicyWriter(context.model(config.model())).tokens(response);
  }

  /** One that cannot be read is an empty one. */
  @Override
  public List<Group> responses(List<Group> groups, int count) {
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
