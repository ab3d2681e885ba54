package dev.sluice.stages.policy;

import dev.sluice.methods.RowFault;
import dev.sluice.methods.prompt.PromptException;
import dev.sluice.methods.reward.Response;
import dev.sluice.models.Completion;
import dev.sluice.models.GenerationRequest;
import dev.sluice.records.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** How a policy is asked for solutions, and how its replies are read. */
record AskedPolicy(UpdatePolicyConfig config) {
  /** A reply without text. */
  static final Completion NOTHING =
      new Completion("", new int[0], new float[0], Completion.FinishReason.LENGTH);

  /** Why the prompt's template cannot be applied to a problem; empty if it can. */
  Optional<String> objection(Problem problem) {
    try {
      return config.asked().text(problem).isEmpty()
          ? Optional.of("The prompt is empty.")
          : Optional.empty();
    } catch (PromptException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Asks for as many solutions of a problem as there are seeds. */
  GenerationRequest request(Problem problem, List<Long> seeds) {
    return new GenerationRequest(config.asked().text(problem), config.sampling(), seeds);
  }

  /**
   * Reads a reply. One that cannot be read becomes a response without text.
   *
   * @param unreadable hears why a reply cannot be read
   */
  Response response(
      Problem problem, int index, String id, Completion completion, Consumer<String> unreadable) {
    List<Response> read = new ArrayList<>();
    RowFault.read(
        () -> Response.of(problem, index, id, completion, config.asked()),
        read::add,
        fault -> {
          unreadable.accept(fault.message());
          read.add(Response.of(problem, index, id, NOTHING, config.asked()));
        });
    return read.get(0);
  }
}
