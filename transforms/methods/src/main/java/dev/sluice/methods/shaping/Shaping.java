package dev.sluice.methods.shaping;

import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.Score;
import dev.sluice.parts.Part;
import dev.sluice.parts.Port;
import java.util.List;
import java.util.Optional;

/** Changes what a reward term gives to the responses of a group, before the term's weight. */
@Port(value = "reward shape", stage = "UpdatePolicy", key = "reward.shape", noun = "shape")
public interface Shaping extends Part {

  /**
   * The scores of a group after it.
   *
   * @param scores of the responses, in order, as the shape before leaves them
   * @param group the responses
   */
  List<Score> shape(List<Score> scores, Group group, ShapingContext context);

  /** The other reward term that it reads, by its word; empty if it reads none. */
  default Optional<String> other() {
    return Optional.empty();
  }

  /** How many responses of the first policy to each problem it compares with; 0 for none. */
  default int references() {
    return 0;
  }

  /**
   * Whether it only moves the reward of a response between its steps: where nothing reads scores of
   * steps, it then does nothing.
   */
  default boolean redistributes() {
    return false;
  }

  /**
   * Whether it adds one number to the rewards of all responses to a problem: an advantage that is
   * relative to the group then takes it out again.
   */
  default boolean shifts() {
    return false;
  }
}
