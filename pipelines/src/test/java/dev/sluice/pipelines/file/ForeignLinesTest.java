package dev.sluice.pipelines.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.pipelines.file.yaml.Mistake;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Syntax errors in files whose lines end in another way, or that hold other letters. */
class ForeignLinesTest {
  private static List<String> messages(String text) {
    return PipelineFile.load("f", text, Map.of(), List.of(), Map.of(), ToyStages.REGISTRY)
        .mistakes()
        .stream()
        .map(Mistake::toString)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n"})
  void missingComma_isNamedAtItsLine(String end) {
    assertThat(messages("name: x" + end + "seed: 7" + end + "models: {a: b c: d}" + end))
        .singleElement()
        .asString()
        .startsWith("f:3:");
    assertThat(messages("name: x" + end + "seed: 7" + end + "models: {a: [b}" + end))
        .singleElement()
        .asString()
        .startsWith("f:3:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\ud83d\ude00\ud83d\ude00", "é", "漢字漢字漢字", "e\u0301", "\u2028"})
  void substitutionInBrackets_isNamedWhateverComesBefore(String name) {
    assertThat(messages("models: {n: \"%s\", b: ${param.c}}".formatted(name)))
        .singleElement()
        .asString()
        .endsWith("inside { } and [ ] a ${...} must stand in quotes");
  }

  @Test
  void message_quotesAKeyOnOneLineAndShort() {
    String key = "a\u001b[2J\u202e" + "x".repeat(50_000);
    assertThat(messages("\"" + key.replace("\u001b", "\\e") + "\": 1\nname: x\npipeline: {}\n"))
        .isNotEmpty()
        .allSatisfy(
            message ->
                assertThat(message).hasSizeLessThan(2_100).doesNotContain("\u001b", "\u202e"));
  }
}
