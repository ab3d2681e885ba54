package dev.sluice.models.djl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.models.Completion;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.Sampling;
import dev.sluice.models.StepClassifier;
import dev.sluice.models.directory.Head;
import dev.sluice.models.directory.ModelDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a model directory computes here, as JSON that Python reads and writes too. */
final class Expected {
  static final String FILE = "expected.json";

  private static final int PROMPTS = 40;
  private static final int TOKENS = 48;
  private static final int[] POSITIONS = {14, 22, 25};

  private Expected() {}

  /** Writes what the directory's model computes beside it. */
  static void describe(Path folder) throws IOException {
    ObjectNode expected = JsonNodeFactory.instance.objectNode();
    if (ModelDirectory.read(folder).config().head() == Head.LANGUAGE_MODEL) {
      expected.set("generations", generations(folder));
    } else {
      expected.set("classification", classification(folder));
    }
    Files.writeString(folder.resolve(FILE), expected.toString());
  }

  /** Greedy completions with the log-probabilities of their tokens. */
  static ArrayNode generations(Path folder) {
    Chains chains = new Chains(11);
    ArrayNode generations = JsonNodeFactory.instance.arrayNode();
    try (LanguageModel model = DjlModels.languageModel("parity", folder, 64)) {
      for (int i = 0; i < PROMPTS; i++) {
        String prompt = chains.next()[0];
        Completion completion = greedy(model, prompt);
        ObjectNode node = generations.addObject();
        node.put("prompt", prompt).put("text", completion.text());
        for (int t = 0; t < completion.tokens().length; t++) {
          node.withArray("/tokens").add(completion.tokens()[t]);
          node.withArray("/logprobs").add(completion.logprobs()[t]);
        }
      }
    }
    return generations;
  }

  private static Completion greedy(LanguageModel model, String prompt) {
    GenerationRequest request = new GenerationRequest(prompt, Sampling.at(0, TOKENS), List.of(1L));
    return model.generate(List.of(request)).get(0).completions().get(0);
  }

  /** Probabilities that lines are right. */
  static ObjectNode classification(Path folder) {
    int[] tokens = Chains.encode("23+4-8:23+4=27\n27-8=19\n#19");
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    try (StepClassifier model = new DjlRuntime().openClassifier(folder)) {
      for (float score : model.scoreSteps(List.of(tokens), List.of(POSITIONS)).get(0)) {
        node.withArray("/scores").add(score);
      }
    }
    for (int token : tokens) {
      node.withArray("/tokens").add(token);
    }
    for (int position : POSITIONS) {
      node.withArray("/positions").add(position);
    }
    return node;
  }

  /**
   * Compares a directory that somebody else wrote with what they computed.
   *
   * @return the greatest difference of a log-probability or probability
   * @throws IllegalStateException if a text or token differs
   */
  static double difference(Path folder) throws IOException {
    JsonNode theirs = new ObjectMapper().readTree(folder.resolve(FILE).toFile());
    double worst = 0;
    for (JsonNode node : theirs.path("generations")) {
      try (LanguageModel model = DjlModels.languageModel("parity", folder, 64)) {
        Completion completion = greedy(model, node.path("prompt").asText());
        if (!completion.text().equals(node.path("text").asText())) {
          throw new IllegalStateException(
              "%s: after %s came %s here."
                  .formatted(folder, node, String.valueOf(completion.text())));
        }
        for (int t = 0; t < completion.logprobs().length; t++) {
          double other = node.path("logprobs").path(t).asDouble();
          worst = Math.max(worst, Math.abs(completion.logprobs()[t] - other));
        }
      }
    }
    if (theirs.has("classification")) {
      JsonNode ours = classification(folder).path("scores");
      for (int i = 0; i < ours.size(); i++) {
        double other = theirs.path("classification").path("scores").path(i).asDouble();
        worst = Math.max(worst, Math.abs(ours.path(i).asDouble() - other));
      }
    }
    return worst;
  }
}
