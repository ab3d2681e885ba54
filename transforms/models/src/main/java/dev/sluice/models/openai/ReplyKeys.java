package dev.sluice.models.openai;

import dev.sluice.models.GenerationRequest;
import dev.sluice.models.Sampling;
import dev.sluice.models.provider.OpenAiSpec;
import dev.sluice.models.provider.RequestKeys;
import dev.sluice.records.Hashes;

/**
 * Under which key a reply is kept: what was asked, of which revision of which model, and which
 * sample it is. Neither the server's address nor how samples were put into requests is part of it.
 */
final class ReplyKeys {
  private final OpenAiSpec spec;

  ReplyKeys(OpenAiSpec spec) {
    this.spec = spec;
  }

  /** The part that all samples of a request share. */
  String request(GenerationRequest request) {
    Sampling sampling = request.sampling();
    String asked = asked(request, sampling);
    // Without them a reply is found where it always was.
    if (!request.system().isEmpty() || !request.schema().isEmpty()) {
      asked = Hashes.hex(asked, "more", request.system(), request.schema());
    }
    // Without keys of the user's own a reply is found where it always was.
    RequestKeys more = new RequestKeys(spec.request());
    return more.isEmpty() ? asked : Hashes.hex(asked, "request", more.canonical());
  }

  private String asked(GenerationRequest request, Sampling sampling) {
    return Hashes.hex(
        "reply",
        1,
        spec.model(),
        spec.revision(),
        spec.endpoint(),
        spec.logprobs(),
        request.prompt(),
        sampling.temperature(),
        sampling.topP(),
        sampling.topK(),
        sampling.maxTokens(),
        sampling.stop().size(),
        Hashes.hex(sampling.stop().toArray()));
  }

  /**
   * A sample's key.
   *
   * @param seed its derived seed
   * @param index its number among the samples of the request with the same seed
   */
  String sample(String request, long seed, int index) {
    return Hashes.hex(request, seed, index).substring(0, 32);
  }
}
