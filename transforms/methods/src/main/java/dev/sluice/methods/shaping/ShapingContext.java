package dev.sluice.methods.shaping;

import dev.sluice.methods.reward.Score;
import java.util.List;

/** What a shape finds beside the scores of its term. */
public interface ShapingContext {

  /** The round, from 1; 0 before any update. */
  int round();

  /** The run's seed. */
  long seed();

  /** Type of the stage that asks, which sets its random numbers apart. */
  String stage();

  /**
   * What another term gives to the same responses, in order, before any shape.
   *
   * @param term the word of {@link Shaping#other}
   */
  List<Score> scores(String term);

  /**
   * What the shape's own term gives to responses of the first policy to the same problem, before
   * any shape; as many as {@link Shaping#references} asks for. Where the stage reads stored
   * solutions in place of them, it may be fewer, but at least one.
   */
  List<Score> references();
}
