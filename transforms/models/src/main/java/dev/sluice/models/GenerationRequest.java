package dev.sluice.models;

import java.util.List;

/**
 * Asks for completions of one prompt: one for each seed. The prompt is worked through once for all
 * of them.
 *
 * @param prompt the text to continue
 * @param sampling how tokens are drawn
 * @param seeds the derived seed of each sample; their number is the number of samples
 * @param system the system message of a chat; a model that continues plain text has it before the
 *     prompt; empty for none
 * @param schema the JSON Schema of a reply, as JSON, which servers are told of; empty for none
 */
public record GenerationRequest(
    String prompt, Sampling sampling, List<Long> seeds, String system, String schema) {

  public GenerationRequest {
    seeds = List.copyOf(seeds);
  }

  /** A prompt alone. */
  public GenerationRequest(String prompt, Sampling sampling, List<Long> seeds) {
    this(prompt, sampling, seeds, "", "");
  }

  /** What a model that continues plain text gets. */
  public String plain() {
    return system.isEmpty() ? prompt : system + "\n\n" + prompt;
  }
}
