package dev.sluice.stages.policy;

import dev.sluice.methods.RowFault;
import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.Response;
import dev.sluice.models.Completion;
import dev.sluice.models.Generation;
import dev.sluice.models.GenerationRequest;
import dev.sluice.records.Hashes;
import dev.sluice.records.Problem;
import dev.sluice.stages.UnitContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Responses of the first policy, which a reward is compared with. They are the same in every round:
 * their seeds do not depend on it.
 */
final class FirstPolicyResponses {
  private static final Completion NOTHING =
      new Completion("", new int[0], new float[0], Completion.FinishReason.LENGTH);

  private final UpdatePolicyConfig config;
  private final UnitContext context;

  FirstPolicyResponses(UpdatePolicyConfig config, UnitContext context) {
    this.config = config;
    this.context = context;
  }

  /** For each group as many responses to its problem; one that cannot be read is an empty one. */
  List<Group> of(List<Group> groups, int count) {
    List<GenerationRequest> requests = new ArrayList<>();
    for (Group group : groups) {
      List<Long> seeds = new ArrayList<>();
      for (int m = 0; m < count; m++) {
        seeds.add(
            Hashes.seed(
                context.seed(), UpdatePolicy.NAME, "first", 0, group.problem().problemId(), m));
      }
      requests.add(
          new GenerationRequest(config.asked().text(group.problem()), config.sampling(), seeds));
    }
    List<Generation> generations = context.model(config.model()).generate(requests);
    List<Group> first = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      List<Response> responses = new ArrayList<>();
      for (int m = 0; m < count; m++) {
        Generation generation = generations.get(g);
        responses.add(
            response(
                groups.get(g).problem(),
                m,
                generation.error() == null ? generation.completions().get(m) : NOTHING));
      }
      first.add(new Group(groups.get(g).problem(), responses));
    }
    return first;
  }

  private Response response(Problem problem, int m, Completion completion) {
    String id = Hashes.id(problem.problemId(), UpdatePolicy.NAME, "first", m);
    List<Response> read = new ArrayList<>();
    RowFault.read(
        () -> Response.of(problem, m, id, completion, config.asked()),
        read::add,
        fault -> read.add(Response.of(problem, m, id, NOTHING, config.asked())));
    return read.get(0);
  }
}
