package dev.sluice.methods.reward;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A reward term that asks a model about all responses of a unit at once. Responses that it does not
 * ask about get a fixed score.
 */
public interface AskingReward extends RewardTerm {

  /** The score of each response, in order; all are to be asked about. */
  List<Score> ask(List<Response> responses, RewardContext context);

  /** Whether the model is asked about a response; by default not about one without steps. */
  default boolean isAsked(Response response, RewardContext context) {
    return context.asks(response) && !response.steps().isEmpty();
  }

  /** The score of a response that the model is not asked about. */
  default Score unasked(Response response) {
    return Score.of(0);
  }

  @Override
  default List<Score> score(List<Group> groups, RewardContext context) {
    List<Response> all = groups.stream().flatMap(group -> group.responses().stream()).toList();
    List<Response> asked = all.stream().filter(each -> isAsked(each, context)).toList();
    Iterator<Score> answers = ask(asked, context).iterator();
    List<Score> scores = new ArrayList<>(all.size());
    for (Response response : all) {
      scores.add(isAsked(response, context) ? answers.next() : unasked(response));
    }
    return scores;
  }
}
