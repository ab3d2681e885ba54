package dev.sluice.stages.policy;

import dev.sluice.methods.reward.Response;
import dev.sluice.stages.evaluation.Alarms;
import dev.sluice.stages.scoring.ScoredRollout;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the alarms look at in the rollouts of one unit (METHODS 1.9), as sums over rollouts, so that
 * units add up to their round.
 */
record RolloutMeasures(List<Response> responses, List<ScoredRollout> rewards) {
  static final String COUNT = "count";
  static final String REWARD = "reward";
  static final String ACCEPTED = "accepted";
  static final String LINES = "excess_lines";
  static final String APPENDED = "appended";
  static final String REPETITION = "repetition";

  /** Only where a reward has members that may disagree. */
  static final String DISAGREEMENT = "disagreement";

  /** The sums by name. */
  Map<String, Double> values() {
    Map<String, Double> sums = new TreeMap<>();
    sums.put(COUNT, (double) responses.size());
    for (int i = 0; i < responses.size(); i++) {
      Response response = responses.get(i);
      int expected = response.format().expectedSteps(response.problem());
      int lines = response.steps().size();
      sums.merge(REWARD, rewards.get(i).reward(), Double::sum);
      sums.merge(ACCEPTED, rewards.get(i).accepted() ? 1.0 : 0.0, Double::sum);
      sums.merge(LINES, (double) (expected < 0 ? lines : lines - expected), Double::sum);
      sums.merge(APPENDED, response.format().appended(response.text()) ? 1.0 : 0.0, Double::sum);
      sums.merge(REPETITION, Alarms.repeatedLines(response.steps()), Double::sum);
      Double disagreement = rewards.get(i).disagreement();
      if (disagreement != null) {
        sums.merge(DISAGREEMENT, disagreement, Double::sum);
      }
    }
    return sums;
  }
}
