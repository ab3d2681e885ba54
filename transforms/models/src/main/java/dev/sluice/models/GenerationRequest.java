package dev.sluice.models;

import java.util.List;

/**
 * Asks for completions of one prompt: one for each seed. The prompt is worked through once for all
 * of them.
 *
 * @param prompt the text to continue
 * @param sampling how tokens are drawn
 * @param seeds the derived seed of each sample; their number is the number of samples
 */
public record GenerationRequest(String prompt, Sampling sampling, List<Long> seeds) {

  public GenerationRequest {
    seeds = List.copyOf(seeds);
  }
}
