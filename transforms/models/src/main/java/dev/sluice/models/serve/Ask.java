package dev.sluice.models.serve;

import dev.sluice.models.Sampling;
import java.util.List;

/**
 * Samples that a client asks for.
 *
 * @param prompt its tokens
 * @param sampling how tokens are drawn
 * @param seeds one for each sample
 */
@SuppressWarnings("ArrayRecordComponent")
public record Ask(int[] prompt, Sampling sampling, List<Long> seeds) {
  public Ask {
    seeds = List.copyOf(seeds);
  }
}
