package dev.sluice.models.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.models.Completion;
import dev.sluice.models.Precision;
import dev.sluice.models.Sampling;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every family and head beside transformers: the directories and {@code expected.json} are made by
 * {@code src/test/python/families.py}.
 */
@Tag("native")
public class FamiliesTest {
  private static final double NEAR = 1e-4;
  private static final double NEAR_HALF = 2e-2;

  public static Path root() {
    URL url = Objects.requireNonNull(FamiliesTest.class.getResource("../families"));
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<String> all() throws IOException {
    try (Stream<Path> found = Files.list(root())) {
      return found.map(folder -> folder.getFileName().toString()).sorted().toList();
    }
  }

  public static List<String> languageModels() throws IOException {
    return all().stream().filter(name -> !name.matches(".*-(value|steps)")).toList();
  }

  private static JsonNode expected(String name) throws IOException {
    return new ObjectMapper().readTree(root().resolve(name).resolve("expected.json").toFile());
  }

  private static TokenIdModel open(String name, Precision precision) {
    return DjlModels.tokenIdModel(root().resolve(name), 8, precision);
  }

  public static List<int[]> rows(JsonNode list) {
    List<int[]> rows = new ArrayList<>();
    for (JsonNode row : list) {
      int[] tokens = new int[row.size()];
      Arrays.setAll(tokens, i -> row.get(i).asInt());
      rows.add(tokens);
    }
    return rows;
  }

  /** All numbers of a list of lists of any depth, in order. */
  private static List<Double> numbers(JsonNode node) {
    List<Double> numbers = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(each -> numbers.addAll(numbers(each)));
    } else {
      numbers.add(node.asDouble());
    }
    return numbers;
  }

  static List<float[]> compute(TokenIdModel model, List<int[]> rows) {
    return switch (model.config().head()) {
      case LANGUAGE_MODEL -> model.logprobs(rows);
      case STEP_CLASSIFICATION -> model.tokenLogits(rows);
      case SEQUENCE_CLASSIFICATION -> List.of(model.values(rows));
    };
  }

  static void compare(List<float[]> ours, JsonNode theirs, double tolerance) {
    List<Double> wanted = numbers(theirs);
    List<Double> got = new ArrayList<>();
    for (float[] row : ours) {
      for (float value : row) {
        got.add((double) value);
      }
    }
    assertThat(got).hasSameSizeAs(wanted);
    double worst = 0;
    for (int i = 0; i < got.size(); i++) {
      worst = Math.max(worst, Math.abs(got.get(i) - wanted.get(i)));
    }
    assertThat(worst).isCloseTo(0, within(tolerance));
  }

  /** Log-probabilities, or logits of a head that classifies, beside those of transformers. */
  private static void compare(String name, Precision precision, String suffix, double tolerance)
      throws IOException {
    JsonNode expected = expected(name);
    String what = (expected.has("logprobs") ? "logprobs" : "logits") + suffix;
    try (TokenIdModel model = open(name, precision)) {
      compare(compute(model, rows(expected.path("rows"))), expected.path(what), tolerance);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void computesWhatTransformersComputes(String name) throws IOException {
    compare(name, Precision.FLOAT32, "", NEAR);
  }

  @ParameterizedTest
  @MethodSource("all")
  void computesTheSameInHalfTheBits(String name) throws IOException {
    compare(name, Precision.BFLOAT16, "_bfloat16", NEAR_HALF);
  }

  /** Greedy tokens, which go through the cache, and their log-probabilities. */
  @ParameterizedTest
  @MethodSource("languageModels")
  void continuesAsTransformersDoes(String name) throws IOException {
    JsonNode expected = expected(name);
    List<int[]> prompts = rows(expected.path("rows"));
    List<int[]> wanted = rows(expected.path("greedy"));
    try (TokenIdModel model = open(name, Precision.FLOAT32)) {
      List<List<Long>> seeds = Collections.nCopies(prompts.size(), List.of(0L));
      List<Completion> completions =
          model.generate(prompts, Sampling.at(0, 16), seeds, false).stream()
              .flatMap(List::stream)
              .toList();
      for (int i = 0; i < wanted.size(); i++) {
        int[] tokens = completions.get(i).tokens();
        assertThat(tokens).as("row %d", i).containsExactly(wanted.get(i));
        int[] row = Arrays.copyOf(prompts.get(i), prompts.get(i).length + tokens.length);
        System.arraycopy(tokens, 0, row, prompts.get(i).length, tokens.length);
        float[] scored = model.logprobs(List.of(row)).get(0);
        for (int t = 0; t < tokens.length; t++) {
          assertThat(completions.get(i).logprobs()[t])
              .isCloseTo(scored[prompts.get(i).length - 1 + t], within(1e-4f));
        }
      }
    }
  }

  /** To the bit: neither neighbours nor the number of rows enter. */
  @ParameterizedTest
  @MethodSource("all")
  void aRowDoesNotDependOnItsNeighbours(String name) throws IOException {
    List<int[]> rows = rows(expected(name).path("rows"));
    for (Precision precision : Precision.values()) {
      try (TokenIdModel model = open(name, precision)) {
        List<float[]> together = compute(model, rows);
        for (int i = 0; i < rows.size(); i++) {
          float[] alone = compute(model, List.of(rows.get(i))).get(0);
          float[] among = together.size() == 1 ? new float[] {together.get(0)[i]} : together.get(i);
          assertThat(alone).as("%s row %d", precision, i).containsExactly(among);
        }
      }
    }
  }
}
