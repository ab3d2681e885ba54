package dev.sluice.runners.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.models.builtin.BuiltinModels;
import dev.sluice.runners.cli.Said;
import dev.sluice.runners.cli.Toys;
import dev.sluice.runners.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("native")
class ModelCommandTest {
  private static final String SOLVER = "builtin:tiny-solver";

  private final Path folder;

  ModelCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Said sluice(String... words) {
    return Said.of(Toys.services(), folder.resolve("workspace"), words);
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  @Test
  void generatesAndScoresWhatItGenerated() throws IOException {
    String prompts = file("prompts", "\"23+4-8*3:\"\n\n\"7+2*4:\"\n");
    JsonNode said =
        sluice(
                "model",
                "generate",
                SOLVER,
                "--prompt-file",
                prompts,
                "--max-tokens",
                "30",
                "--greedy",
                "-n",
                "2",
                "--json")
            .json()
            .path("completions");
    assertThat(said).hasSize(2);
    assertThat(said.path(0)).hasSize(2);
    assertThat(said.path(0).path(0)).isEqualTo(said.path(0).path(1));
    assertThat(said.path(1).path(0).path("text").asText()).startsWith("7+2=");
    assertThat(said.path(1).path(0).path("finish_reason").asText()).isEqualTo("stop");

    String ids = file("ids", "[" + said.path(0).path(0).path("ids") + "]");
    JsonNode scored = sluice("model", "score", SOLVER, "--ids-file", ids, "--json").json();
    assertThat(scored.path("sequences").path(0).path("logprobs"))
        .hasSize(said.path(0).path(0).path("ids").size() - 1)
        .allMatch(value -> value.floatValue() <= 0);
  }

  @Test
  void knowsASentenceEncoder() throws IOException {
    String encoder = "builtin:all-minilm-l6-v2";
    JsonNode facts = sluice("model", "info", encoder, "--json").json();
    assertThat(facts.path("dimensions").asInt()).isEqualTo(384);
    assertThat(facts.path("context").asInt()).isEqualTo(256);
    assertThat(facts.path("pooling").asText()).isEqualTo("mean");
    Said said = sluice("model", "generate", encoder, "--prompt-file", "x", "--max-tokens", "3");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err())
        .contains(
            "builtin:all-minilm-l6-v2 is a sentence encoder, which neither generates nor scores; 'model info' and 'model serve' take it.");
  }

  @Test
  void aSeedRepeatsAndThePastOfTheEndCanBeSeen() throws IOException {
    String ids = file("ids", "[[1, 2, 3], [4]]");
    String[] words = {
      "model", "generate", SOLVER, "--ids-file", ids, "--max-tokens", "12", "--seed", "3", "--json"
    };
    assertThat(sluice(words).json()).isEqualTo(sluice(words).json());
    String[] onwards =
        Stream.concat(Stream.of(words), Stream.of("--ignore-eos")).toArray(String[]::new);
    for (JsonNode prompt : sluice(onwards).json().path("completions")) {
      assertThat(prompt.path(0).path("ids")).hasSize(12);
      assertThat(prompt.path(0).path("finish_reason").asText()).isEqualTo("length");
    }
  }

  @Test
  void tokenizesTextsAndConversations() throws IOException {
    Path model = folder.resolve("chatty");
    Files.createDirectories(model);
    Path solver = BuiltinModels.folder("tiny-solver");
    Files.copy(solver.resolve("tokenizer.json"), model.resolve("tokenizer.json"));
    String texts = file("texts", "\"1+2:\"\n\"\"\n");
    JsonNode said =
        sluice("model", "tokenize", model.toString(), "--text-file", texts, "--json").json();
    assertThat(said.path("texts")).hasSize(2);
    assertThat(said.path("texts").path(0).path("decoded").asText()).isEqualTo("1+2:");
    assertThat(said.path("texts").path(0).path("ids")).hasSize(4);
    assertThat(said.path("texts").path(1).path("ids")).isEmpty();

    String chats = file("chats", "[[{\"role\": \"user\", \"content\": \"1+{{2}}:\"}]]");
    assertThat(sluice("model", "tokenize", model.toString(), "--chat", chats).err())
        .contains("chat template");
    Files.writeString(
        model.resolve("chat_template.jinja"),
        "{% for m in messages[::-1] %}{{ m.content | replace('{{2}}', '4') }}{% endfor %}{{ 7 * 7 }}");
    JsonNode chat =
        sluice("model", "tokenize", model.toString(), "--chat", chats, "--json")
            .json()
            .path("conversations")
            .path(0);
    assertThat(chat.path("rendered").asText()).isEqualTo("1+4:49");
    assertThat(chat.path("ids")).hasSize(6);
  }

  @Test
  void saysWhatAModelIs() throws IOException {
    JsonNode info = sluice("model", "info", SOLVER, "--json").json();
    assertThat(info.path("architecture").asText()).isEqualTo("LlamaForCausalLM");
    assertThat(info.path("revision").asText()).matches("[0-9a-f]{64}");
    assertThat(info.path("vocabulary").asInt()).isEqualTo(28);
    assertThat(sluice("model", "info", SOLVER).out())
        .contains("architecture           LlamaForCausalLM");
  }

  @Test
  void writesAPlainCopyAndNeverOverOne() throws IOException {
    Path out = folder.resolve("copy");
    String[] words = {"model", "convert", SOLVER, "--out", out.toString(), "--json"};
    JsonNode said = sluice(words).json();
    assertThat(said.path("merged").asBoolean()).isFalse();
    assertThat(said.path("dtype").asText()).isEqualTo("float32");
    assertThat(said.path("files").toString())
        .isEqualTo(
            "[\"config.json\",\"generation_config.json\",\"model.safetensors\",\"tokenizer.json\"]");
    assertThat(said.path("revision").asText())
        .isEqualTo(sluice("model", "info", SOLVER, "--json").json().path("revision").asText())
        .isEqualTo(
            sluice("model", "info", out.toString(), "--json").json().path("revision").asText());
    Said again = sluice(words);
    assertThat(again.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(again.err())
        .contains(out + " is not an empty folder, and nothing is overwritten. Name a new folder.");
    assertThat(sluice("model", "convert", SOLVER, "--out", folder + "/x", "--dtype", "int8").err())
        .contains("Weights are stored as float32, float16, bfloat16, not as \"int8\".");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("[[1, 99]]", "The token 99 has no row in the embedding of "),
        Arguments.of("[1]", "element 0 is 1, but the file is a JSON list of lists of token ids"),
        Arguments.of(
            "[[1, \"x\"]]", "element 1 of list 0 is \"x\", but a token is a whole number."),
        Arguments.of("{}", "is no JSON list."),
        Arguments.of("[", "is not JSON: "));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsASentence(String ids, String sentence) throws IOException {
    Said said = sluice("model", "score", SOLVER, "--ids-file", file("ids", ids));
    assertThat(said.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(said.err()).contains(sentence).doesNotContain("Exception");
  }

  @Test
  void aModelThatIsNotThereIsSaidSo() {
    Said nowhere = sluice("model", "info", folder.resolve("none").toString());
    assertThat(nowhere.code()).isEqualTo(ExitCode.MISTAKE);
    assertThat(nowhere.err()).contains("is no folder; a model is a folder with config.json");
    assertThat(sluice("model", "info", "builtin:gpt").err())
        .contains("There is no built-in model 'gpt'; there are tiny-solver, tiny-verifier.");
    assertThat(sluice("model", "generate", SOLVER).err())
        .contains("Prompts come from --prompt, --prompt-file or --ids-file; give one of them.");
  }
}
