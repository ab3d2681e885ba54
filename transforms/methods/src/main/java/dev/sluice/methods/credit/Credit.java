package dev.sluice.methods.credit;

import dev.sluice.methods.reward.StepGuard;
import dev.sluice.parts.Need;
import dev.sluice.parts.Part;
import dev.sluice.parts.Port;
import java.util.Arrays;
import java.util.List;

/**
 * Spreads the advantage of a response over its tokens.
 *
 * <p>A credit that {@linkplain #needs() needs} {@link Need#STEP_SCORES} places the scores of steps
 * itself: reward terms that give some are then in no advantage of a response.
 */
@Port(value = "credit", stage = "UpdatePolicy", key = "credit", noun = "credit")
public interface Credit extends Part {

  /** All tokens have the advantage of their response. */
  double[] FLAT = {};

  /**
   * The advantage of every token of the responses to one problem.
   *
   * @param group the responses, in ascending order of their index
   * @return for each response one value per token, or {@link #FLAT}; a new array each
   */
  List<double[]> spread(List<Credited> group);

  /** The same; a response alone has nothing to be compared with, and its steps neither. */
  default List<double[]> tokens(List<Credited> group) {
    List<double[]> tokens = spread(group);
    if (group.size() == 1) {
      Arrays.fill(tokens.get(0), 0);
    }
    return tokens;
  }

  /** What bounds on the number of steps do to a judgement under 'on_mismatch: spark'. */
  default StepGuard guard() {
    return StepGuard.NONE;
  }
}
