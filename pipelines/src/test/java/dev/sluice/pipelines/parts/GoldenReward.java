package dev.sluice.pipelines.parts;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.sluice.methods.prompt.SolvePrompt;
import dev.sluice.methods.reward.Group;
import dev.sluice.methods.reward.Response;
import dev.sluice.methods.reward.RewardTerm;
import dev.sluice.models.Completion;
import dev.sluice.pipelines.file.PartText;
import dev.sluice.records.Hashes;
import dev.sluice.records.Message;
import dev.sluice.records.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A golden file of a reward term: {@code golden/reward/KIND.json} of the module of methods.
 *
 * @param source where the expected numbers come from
 * @param config the term as a pipeline file writes it
 * @param groups problems with the texts of their responses
 * @param replies of judges, by prompt, in the order of the votes; null if none is asked
 * @param scores of steps, by their text; null if no classifier is asked
 * @param vectors by text; null if no encoder is asked
 * @param logprobs nats of each step by its text, by the name of a model; null if none scores texts
 * @param distributions over a vocabulary at each token, by the text of a response; null if none is
 *     asked for
 * @param rewards expected, by group, 6 digits
 */
record GoldenReward(
    String source,
    String config,
    List<Texts> groups,
    @Nullable Map<String, List<String>> replies,
    @Nullable Map<String, Double> scores,
    @Nullable Map<String, float[]> vectors,
    @Nullable Map<String, Map<String, Double>> logprobs,
    @Nullable Map<String, List<List<Double>>> distributions,
    List<List<Double>> rewards) {

  /** Folder of the golden files, from the module that runs the test. */
  static final Path FOLDER = Path.of("../transforms/methods/src/test/resources/golden/reward");

  /**
   * The responses to one problem.
   *
   * @param attributes beside the format; null for none
   */
  record Texts(
      String question,
      String format,
      String reference,
      List<String> responses,
      @Nullable Map<String, String> attributes) {

    Map<String, String> all() {
      Map<String, String> all = new TreeMap<>(attributes == null ? Map.of() : attributes);
      all.put("format", format);
      return all;
    }
  }

  /** The term. */
  RewardTerm term() {
    return PartText.read(RewardTerm.class, config);
  }

  static Path file(String kind) {
    return FOLDER.resolve(kind + ".json");
  }

  static GoldenReward of(String kind) {
    try {
      return new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .readValue(Files.readString(file(kind)), GoldenReward.class);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The reward '%s' has no golden file %s; write one.".formatted(kind, file(kind)), e);
    }
  }

  /**
   * The groups that are to be scored.
   *
   * @param references whether problems have their references
   */
  List<Group> asked(boolean references) {
    List<Group> all = new ArrayList<>();
    for (Texts texts : groups) {
      List<Message> messages = List.of(Message.user(texts.question()));
      Problem problem =
          new Problem(
              Hashes.problemId(messages),
              messages,
              references ? texts.reference() : null,
              "golden",
              null,
              texts.all());
      List<Response> responses = new ArrayList<>();
      for (int i = 0; i < texts.responses().size(); i++) {
        String text = texts.responses().get(i);
        Completion completion =
            new Completion(
                text,
                IntStream.concat(text.chars(), IntStream.of(0)).toArray(),
                new float[text.length() + 1],
                Completion.FinishReason.STOP);
        String id = Hashes.id(problem.problemId(), "golden", i);
        responses.add(Response.of(problem, i, id, completion, SolvePrompt.TASK));
      }
      all.add(new Group(problem, responses));
    }
    return all;
  }

  List<String> repliesTo(String prompt) {
    return Objects.requireNonNull(
        Objects.requireNonNull(replies, "The golden file has no replies.").get(prompt),
        () -> "The golden file has no replies to: " + prompt);
  }
}
