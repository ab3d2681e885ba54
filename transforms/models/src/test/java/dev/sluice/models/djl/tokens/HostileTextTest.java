package dev.sluice.models.djl.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.models.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts and expressions on which the native tokenizer would end the process. */
@Timeout(600)
class HostileTextTest {
  private static final String QWEN =
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private final List<String> files = new ArrayList<>();

  private void text(String expression, String unit, int times, String end) throws IOException {
    Path file = folder.resolve("text" + files.size());
    Files.write(file, List.of(expression, unit, String.valueOf(times), end));
    files.add(file.toString());
  }

  /** What a process says that reads the texts. */
  private List<String> read() throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Dai.djl.offline=true",
                "-DOPT_OUT_TRACKING=true",
                "-cp",
                System.getProperty("java.class.path"),
                HostileTextProcess.class.getName()));
    command.addAll(files);
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    assertThat(process.waitFor(9, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
    return Files.readAllLines(out);
  }

  private static String tooHard(String expression, int place) {
    return "The tokenizer of m would take too long for the text: its expression '%s' goes back too often from character %d on. Break the run of characters there, or shorten the text."
        .formatted(
            expression.length() > 100 ? expression.substring(0, 100) + "..." : expression, place);
  }

  @Test
  void textsThatEndedTheProcess_areRefusedOrRead() throws Exception {
    List<String> expected = new ArrayList<>();
    // Ended it with 134 as it was: ten million steps back within one match.
    text(QWEN, " ", 12_000_000, "");
    expected.add(
        "The tokenizer of m takes texts of at most 4194304 characters, but the text has 12000000. Shorten it.");
    text(QWEN, " ", 4_000_000, "");
    expected.add(tooHard(QWEN, 0));
    text(QWEN, "\t", 4_000_000, "a");
    expected.add(tooHard(QWEN, 0));
    text("\\s+\\s+\\n|.", " ", 60_000, "a\t\u2003.");
    expected.add(tooHard("\\s+\\s+\\n|.", 0));
    text("a*a*a*a*b|.", "a", 3_000, "!b");
    expected.add(tooHard("a*a*a*a*b|.", 0));
    text("\\p{Han}+\\p{Han}+!|.", "\u4e2d", 100_000, "a!");
    expected.add(tooHard("\\p{Han}+\\p{Han}+!|.", 0));
    text("a?".repeat(30) + "a{30}b|.", "a", 29, "!b");
    expected.add(tooHard("a?".repeat(30) + "a{30}b|.", 0));
    // What is long and ordinary is read.
    text(QWEN, " ", 1_000_000, "a");
    expected.add("2 tokens");
    text(QWEN, "a b", 100_000, "");
    expected.add("100001 tokens");
    text(QWEN, "a", 2_000_000, "");
    expected.add("1 tokens");
    expected.add("alive");
    assertThat(read()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "(a+)+b|it repeats a part that can itself match in several ways, which takes for ever on some texts",
        "`(?:a|a)*b`|it repeats a part that can itself match in several ways, which takes for ever on some texts",
        "(?:\\s*x?){2,}|it repeats a part that can itself match in several ways, which takes for ever on some texts",
        "((ab?)c)+|it repeats a part that can itself match in several ways, which takes for ever on some texts",
        "(?i:(?:[a-z]+\\.)+)|it repeats a part that can itself match in several ways, which takes for ever on some texts",
        "(a{1,9}){30}|it repeats a part that can itself match in several ways, which takes for ever on some texts",
        "(a)\\1|it uses what is not read here: \\1",
        "(?<x>a\\g<x>?)|it uses what is not read here: (?<x>a\\g<",
        "(?~ab)|it uses what is not read here: (?~ab)",
        "a**|it repeats a repetition",
        "(a|its parentheses do not match",
        "a)|its parentheses do not match",
        "[a|a bracket is not closed",
        "a\\|it ends with a backslash",
        "\\p{Nonsense}|it cannot be read (Unknown character property name {IsNonsense})"
      })
  void expressionThatTakesForEver_isRefusedWhenTheModelIsOpened(String expression, String why)
      throws Exception {
    JsonNode root = new ObjectMapper().readTree(HostileTextProcess.tokenizer(expression));
    assertThatThrownBy(() -> TokenizerPatterns.of(root, "m"))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "m: the expression '%s' in pre_tokenizer of tokenizer.json is refused: %s. Restore or download the file again, or take another model."
                .formatted(expression, why));
  }

  /** Of GPT-2, GPT-4, GPT-4o, Llama 3, DeepSeek V3, DeepSeek Coder, CLIP and BLOOM. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
        "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*|\\s*[\\r\\n]|\\s+(?!\\S)|\\s+",
        "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
        "[!\"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
        "[\u4e00-\u9fa5\u3040-\u309f\u30a0-\u30ff]+",
        "\\s?\\p{P}+|[\\r\\n]|\\s+$",
        " ?[^(\\s|[.,!?\u2026\u3002\uff0c\u3001\u0964\u06d4\u060c])]+"
      })
  void expressionsOfKnownModels_areTakenAndReadLongTexts(String expression) throws Exception {
    TokenizerPatterns patterns =
        TokenizerPatterns.of(
            new ObjectMapper().readTree(HostileTextProcess.tokenizer(expression)), "m");
    patterns.check("Let's see: 23 + 4 = 27.\n\n  \u4e2d\u6587, don't.\t".repeat(5_000));
    patterns.check(" ".repeat(1_000) + "a".repeat(100_000) + "\n".repeat(100_000));
  }

  @Test
  void laterCut_isLookedAtOnThePiecesOfTheEarlierOne() throws Exception {
    String two =
        """
        {"pre_tokenizer": {"type": "Sequence", "pretokenizers": [
          {"type": "Split", "pattern": {"Regex": "x"}, "behavior": "%s"},
          {"type": "Split", "pattern": {"Regex": "x?y+y+y+!|x?y+z"}, "behavior": "Isolated"}]}}""";
    TokenizerPatterns known =
        TokenizerPatterns.of(new ObjectMapper().readTree(two.formatted("Isolated")), "m");
    String text = "x" + "y".repeat(5_000) + "z";
    assertThatThrownBy(() -> known.check(text)).hasMessage(tooHard("x?y+y+y+!|x?y+z", 1));
    // What it makes of the pieces is not known here: the length alone is bounded.
    TokenizerPatterns unknown =
        TokenizerPatterns.of(new ObjectMapper().readTree(two.formatted("MergedWithNext")), "m");
    assertThatThrownBy(() -> unknown.check(text))
        .hasMessage(
            "The tokenizer of m takes texts of at most 125 characters with its expression 'x?y+y+y+!|x?y+z', but the text has 5002. Shorten it.");
    unknown.check(text.substring(0, 125));
  }

  @Test
  void expressionThatReadsWhatAModelWrites_goesBackLittleOrIsRefused() throws Exception {
    String decoder =
        "{\"decoder\": {\"type\": \"Replace\", \"pattern\": {\"Regex\": \"%s\"}, \"content\": \"\"}}";
    TokenizerPatterns unused =
        TokenizerPatterns.of(new ObjectMapper().readTree(decoder.formatted(" +")), "m");
    JsonNode root = new ObjectMapper().readTree(decoder.formatted(" + *x"));
    assertThatThrownBy(() -> TokenizerPatterns.of(root, "m"))
        .hasMessage(
            "m: the expression ' + *x' in decoder of tokenizer.json goes back too often on long texts. Restore or download the file again, or take another model.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"normalizer\": {\"type\": \"Replace\", \"pattern\": {\"String\": \"a\"}, \"content\": \"%s\"}}",
        "{\"normalizer\": {\"type\": \"Sequence\", \"normalizers\": [{\"type\": \"Replace\", \"pattern\": {\"String\": \"a\"}, \"content\": \"%s\"}]}}"
      })
  void replacementThatBlowsTextsUp_isRefused(String json) throws Exception {
    JsonNode root = new ObjectMapper().readTree(json.formatted("b".repeat(33)));
    assertThatThrownBy(() -> TokenizerPatterns.of(root, "m"))
        .hasMessage(
            "m: content in normalizer of tokenizer.json has 33 characters, which would blow texts up; at most 32 are taken. Restore or download the file again.");
  }
}
