package dev.sluice.pipelines.parts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.methods.task.TaskFormat;
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
import java.util.Optional;

/**
 * A golden file of a part: {@code golden/PACKAGE/KIND.json} of the module of methods, where PACKAGE
 * is the last name of its port's package.
 *
 * @param json the file: {@code source} says where the numbers come from, {@code config} is the part
 *     as a pipeline file writes it, the rest is input and expected output
 */
public record Golden(JsonNode json) {
  private static final Path FOLDER = Path.of("../transforms/methods/src/test/resources/golden");

  /** The folder of a port's golden files, from the module that runs the test. */
  public static Path folder(Class<?> port) {
    String name = port.getPackageName();
    return FOLDER.resolve(name.substring(name.lastIndexOf('.') + 1));
  }

  /** The golden file of a part. */
  static Golden of(Class<?> port, String kind) {
    return find(port, kind)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The part '%s' has no golden file %s; write one."
                        .formatted(kind, folder(port).resolve(kind + ".json"))));
  }

  /** The same, if there is one. */
  public static Optional<Golden> find(Class<?> port, String kind) {
    Path file = folder(port).resolve(kind + ".json");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Golden(new ObjectMapper().readTree(Files.readString(file))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the numbers come from. */
  String source() {
    return json.path("source").asText();
  }

  /** The part as a pipeline file writes it. */
  public String config() {
    return json.path("config").asText();
  }

  /** The part. */
  <P> P part(Class<P> port) {
    return PartText.read(port, config());
  }

  /** The problem of a case. */
  static Problem problem(JsonNode each) {
    List<Message> messages = List.of(Message.user(each.path("question").asText()));
    return new Problem(
        Hashes.problemId(messages),
        messages,
        null,
        "golden",
        null,
        Map.of(TaskFormat.ATTRIBUTE, each.path("format").asText()));
  }

  /** Letters y and n. */
  static List<Boolean> verdicts(String letters) {
    return letters.chars().mapToObj(letter -> letter == 'y').toList();
  }

  /** Numbers of a list. */
  static List<Double> numbers(JsonNode list) {
    List<Double> numbers = new ArrayList<>();
    list.forEach(each -> numbers.add(each.asDouble()));
    return numbers;
  }
}
