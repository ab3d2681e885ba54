package dev.sluice.pipelines.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.methods.prompt.Form;
import dev.sluice.methods.prompt.PromptFamily;
import dev.sluice.methods.prompt.PromptText;
import dev.sluice.pipelines.file.yaml.Findings;
import dev.sluice.pipelines.file.yaml.LoadContext;
import dev.sluice.pipelines.file.yaml.YamlNode;
import dev.sluice.pipelines.file.yaml.YamlReader;
import dev.sluice.records.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Prompts that a user wrote: what {@code validate} says of them, and what a fingerprint sees. */
class PromptFileTest {
  private static final String GOOD =
      """
      name: strict
      doc: A strict judge.
      asks_for: outcome
      system: You are strict.
      user: |
        {{ problem }}
        {{ solution }}
      reply: {kind: boxed}
      """;

  private Path folder;

  @BeforeEach
  void folder(@TempDir Path temporary) {
    folder = temporary;
  }

  private LoadResult load(String config) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("p.yaml"),
            """
            models:
              m: {provider: djl, from: "builtin:tiny"}
            pipeline:
              type: chain
              transforms:
                - {type: SynthesizeProblems, config: {source: {kind: arithmetic, count: 2}}}
                - {type: SampleSolutions, config: {model: m}}
                - type: VerifySolutions
                  config: %s
            """
                .formatted(config));
    return PipelineFile.load(
        file, Map.of(), List.of(), LoadContext.of(Map.of()), RealStagesTest.REGISTRY);
  }

  private List<String> mistakes(String config) throws IOException {
    return load(config).mistakes().stream()
        .map(each -> each.toString().replace(folder + "/", ""))
        .toList();
  }

  private static String judge(String prompt) {
    return "{model: m, granularity: outcome, prompt: " + prompt + "}";
  }

  private List<String> ofFile(String text) throws IOException {
    Files.writeString(folder.resolve("judge.yaml"), text);
    return mistakes(judge("{file: judge.yaml}"));
  }

  private String fingerprint(String prompt) throws IOException {
    return load(judge(prompt)).spec().orElseThrow().stages().get(2).texts().decisive();
  }

  static Stream<String> families() {
    return PromptFamily.all().keySet().stream();
  }

  /** What a module ships and what a user copies are read by two readers. */
  @ParameterizedTest
  @MethodSource("families")
  void familyThatIsCopied_isReadAsTheSamePrompt(String name) {
    PromptFamily family = Objects.requireNonNull(PromptFamily.all().get(name));
    Findings findings = new Findings();
    YamlNode node = Objects.requireNonNull(YamlReader.read("x", family.yaml(), findings));
    Object read = new Binder(findings).block(PromptText.class, (YamlNode.Mapping) node, Set.of());
    assertThat(findings.mistakes()).isEmpty();
    assertThat(read).isEqualTo(family.text());
  }

  @Test
  void word_isAFamily() throws IOException {
    assertThat(load(judge("judgement")).mistakes()).isEmpty();
    assertThat(fingerprint("judgement"))
        .isEqualTo(fingerprint("{family: judgement}"))
        .isEqualTo("{\"granularity\":\"outcome\",\"prompt\":{\"family\":\"judgement\"}}");
    assertThat(
            Json.line(
                load(judge("judgement")).spec().orElseThrow().stages().get(2).texts().semantic()))
        .as("as before prompts were files")
        .contains("\"prompt\":{\"family\":\"judgement\",\"form\":\"chat\"},");
    assertThat(mistakes(judge("judgment")))
        .singleElement()
        .asString()
        .contains("must be one of task, spark, verdicts, process_bench")
        .endsWith("did you mean 'judgement'?");
  }

  @Test
  void fingerprint_seesTheTextAndNotThePath() throws IOException {
    Files.writeString(folder.resolve("judge.yaml"), GOOD);
    String before = fingerprint("{file: judge.yaml}");
    Files.createDirectories(folder.resolve("prompts"));
    Files.writeString(folder.resolve("prompts/other.yaml"), GOOD.replace("A strict", "Another"));
    assertThat(fingerprint("{file: prompts/other.yaml}")).isEqualTo(before);
    assertThat(before)
        .contains("\"system\":\"You are strict.\"")
        .doesNotContain("judge.yaml")
        .doesNotContain("A strict judge");
    Files.writeString(folder.resolve("judge.yaml"), GOOD.replace("You are strict", "Be strict"));
    assertThat(fingerprint("{file: judge.yaml}")).isNotEqualTo(before);
    Files.writeString(folder.resolve("judge.yaml"), GOOD.replace("kind: boxed", "kind: word"));
    assertThat(fingerprint("{file: judge.yaml}")).isNotEqualTo(before);
  }

  @Test
  void reference_makesTheRunNotReferenceFree() throws IOException {
    String text = "{template: \"%s {{ solution }}\", reply: boxed}";
    assertThat(load(judge(text.formatted("{{ problem }}"))).spec().orElseThrow().stages().get(2))
        .satisfies(
            step -> {
              assertThat(step.wiring().referenceFree()).isTrue();
              assertThat(step.wiring().loadsReference()).isFalse();
            });
    assertThat(load(judge(text.formatted("{{ reference }}"))).spec().orElseThrow().stages().get(2))
        .satisfies(
            step -> {
              assertThat(step.wiring().referenceFree()).isFalse();
              assertThat(step.wiring().loadsReference()).isTrue();
            });
  }

  @Test
  void orderOfASchema_isInTheFingerprint() throws IOException {
    String prompt =
        "{template: '{{ problem }} {{ solution }}', reply: {kind: json, outcome: ok, schema: {type: object, properties: {%s}}}}";
    String first = fingerprint(prompt.formatted("why: {type: string}, ok: {type: boolean}"));
    String second = fingerprint(prompt.formatted("ok: {type: boolean}, why: {type: string}"));
    assertThat(first).contains("\"properties\":{\"why\":").isNotEqualTo(second);
  }

  @Test
  void rewardWhosePromptReadsTheReference_isNotReferenceFree() throws IOException {
    String policy =
        """
        models:
          m: {provider: djl, from: "builtin:tiny-solver"}
        pipeline:
          type: chain
          transforms:
            - {type: SynthesizeProblems, config: {source: {kind: arithmetic, count: 2}}}
            - type: UpdatePolicy
              config:
                model: m
                rounds: 1
                reward: [{kind: outcome, model: m, max_tokens: 9, prompt: {template: "%s {{ solution }}", reply: boxed}}]
        """;
    for (String variable : List.of("problem", "reference")) {
      LoadResult loaded =
          PipelineFile.load(
              folder.resolve("r.yaml").toString(),
              policy.formatted("{{ " + variable + " }}"),
              Map.of(),
              List.of(),
              Map.of(),
              RealStagesTest.REGISTRY);
      assertThat(loaded.mistakes()).isEmpty();
      assertThat(loaded.spec().orElseThrow().stages().get(1).wiring().referenceFree())
          .isEqualTo(variable.equals("problem"));
    }
  }

  @Test
  void formThatAFileLacks_isNamed() throws IOException {
    Files.writeString(folder.resolve("judge.yaml"), GOOD);
    assertThat(mistakes(judge("{file: judge.yaml, form: few_shot}")))
        .singleElement()
        .asString()
        .contains(
            "the file has no text 'few_shot', which the form 'few_shot' needs; write one, or name the other form");
  }

  @Test
  void variableThatIsNotThere_isNamedAtItsLine() throws IOException {
    assertThat(ofFile(GOOD.replace("{{ solution }}", "{{ soluton }}")))
        .containsExactly(
            "judge.yaml:7:1: pipeline.transforms[2].config.prompt.file.user: line 2 of the template: there is no variable 'soluton' (a fact of the problem's source is 'attributes.soluton'); there are problem, solution, steps, siblings, rubric, reference, attributes; did you mean 'solution'?");
    assertThat(ofFile(GOOD.replace("You are strict.", "Be {{ mood }}.")))
        .singleElement()
        .asString()
        .startsWith(
            "judge.yaml:4:9: pipeline.transforms[2].config.prompt.file.system: line 1 of the template: there is no variable 'mood'");
    assertThat(
            mistakes(
                "{model: m, prompt: {template: \"{{ steps }} {{ votes }}\", reply: {kind: first_error}}}"))
        .singleElement()
        .asString()
        .contains("there is no variable 'votes'");
  }

  @Test
  void variableThatThePlaceLacks_isRefused() throws IOException {
    LoadResult loaded =
        PipelineFile.load(
            folder.resolve("q.yaml").toString(),
            """
            models:
              m: {provider: djl, from: "builtin:tiny"}
            pipeline:
              type: chain
              transforms:
                - {type: SynthesizeProblems, config: {source: {kind: arithmetic, count: 2}}}
                - {type: SampleSolutions, config: {model: m, prompt: {template: "{{ problem }} {{ steps }}"}}}
            """,
            Map.of(),
            List.of(),
            Map.of(),
            RealStagesTest.REGISTRY);
    assertThat(loaded.mistakes())
        .singleElement()
        .asString()
        .contains(
            "line 1 of the template: the variable 'steps' is not supplied here; there are problem, reference, attributes");
  }

  @Test
  void templateThatDoesNotParse_isNamedAtItsLine() throws IOException {
    assertThat(ofFile(GOOD.replace("{{ solution }}", "{% for x in steps %}")))
        .singleElement()
        .asString()
        .startsWith("judge.yaml:7:1: ")
        .contains("config.prompt.file.user: the template cannot be read (line 2): ");
    assertThat(ofFile(GOOD.replace("{{ solution }}", "{{ solution | uper }}")))
        .singleElement()
        .asString()
        .startsWith("judge.yaml:7:1: ")
        .contains("line 2 of the template: there is no filter 'uper'; there are abs, ")
        .endsWith("did you mean 'upper'?");
  }

  @Test
  void templateThatFailsOnASampleRow_isNamedAtItsLine() throws IOException {
    assertThat(ofFile(GOOD.replace("{{ solution }}", "{{ steps[99].text }}")))
        .singleElement()
        .asString()
        .startsWith("judge.yaml:7:1: ")
        .contains("the template fails on a sample row (line 2): ");
    assertThat(
            ofFile(
                GOOD.replace(
                    "{{ solution }}",
                    "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}")))
        .singleElement()
        .asString()
        .startsWith("judge.yaml:7:1: ")
        .contains("the template fails on a sample row (line 2): it does not end: 10,000,000 steps");
    assertThat(ofFile(GOOD.replace("{{ problem }}", "").replace("{{ solution }}", "{# none #}")))
        .singleElement()
        .asString()
        .contains("the template makes an empty text of a sample row; write what is asked");
  }

  @Test
  void parser_thatIsWrong_isNamedInTheFile() throws IOException {
    assertThat(ofFile(GOOD.replace("kind: boxed", "kind: boxd")))
        .singleElement()
        .asString()
        .startsWith("judge.yaml:8:15: pipeline.transforms[2].config.prompt.file.reply.kind: ")
        .endsWith("did you mean 'boxed'?");
    assertThat(ofFile(GOOD.replace("kind: boxed", "kind: first_error")))
        .singleElement()
        .asString()
        .startsWith("judge.yaml:8:8: pipeline.transforms[2].config.prompt.file.reply: ")
        .contains(
            "the parser 'first_error' reads no verdict on the whole, but 'granularity' is 'outcome'; parsers that do are 'written_verdicts', 'boxed', 'word', 'score', 'json', 'regex'");
    assertThat(ofFile(GOOD.replace("{kind: boxed}", "{kind: regex, pattern: 'verdict: (yes|no)'}")))
        .singleElement()
        .asString()
        .startsWith("judge.yaml:8:8: ")
        .contains(
            "the pattern has no named group; name what is to be read, such as (?<verdict>yes|no)");
    assertThat(ofFile(GOOD.replace("{kind: boxed}", "{kind: regex, pattern: '(?<step>1) yes'}")))
        .singleElement()
        .asString()
        .contains("the pattern has the group 'step' but no group 'verdict'");
    assertThat(ofFile(GOOD.replace("{kind: boxed}", "{kind: regex, pattern: '(?<verdict>yes'}")))
        .singleElement()
        .asString()
        .contains("the pattern cannot be read: missing closing )");
    assertThat(
            ofFile(
                GOOD.replace(
                    "{kind: boxed}",
                    "{kind: json, outcome: ok, schema: {properties: {okay: {type: boolean}}}}")))
        .singleElement()
        .asString()
        .contains("the schema has no property 'ok'; it has okay");
    assertThat(ofFile(GOOD.replace("reply: {kind: boxed}\n", "")))
        .singleElement()
        .asString()
        .contains("a prompt of your own says how its reply is read; give 'reply', such as 'boxed'");
  }

  @Test
  void askedForSomethingElse_isRefused() throws IOException {
    assertThat(ofFile(GOOD.replace("asks_for: outcome", "asks_for: steps")))
        .singleElement()
        .asString()
        .startsWith("judge.yaml:3:11: ")
        .contains("the prompt asks for 'steps', but 'granularity' is 'outcome'");
    assertThat(ofFile(GOOD.replace("asks_for: outcome\n", "")))
        .anyMatch(each -> each.contains("required key 'asks_for' is missing"));
    assertThat(ofFile(GOOD.replace("user:", "usr:")))
        .anyMatch(
            each ->
                each.startsWith("judge.yaml:5:1: ")
                    && each.endsWith("unknown key 'usr'; did you mean 'user'?"));
    assertThat(ofFile(GOOD)).isEmpty();
    assertThat(mistakes(judge("{file: judge.yaml, template: x}")))
        .anyMatch(each -> each.contains("the file holds the whole prompt"));
    assertThat(mistakes(judge("{family: judgement, reply: boxed}")))
        .anyMatch(each -> each.contains("'sluice prompts show judgement'"));
  }

  @Test
  void fileThatCannotBeRead_isNamedWithItsRule() throws Exception {
    assertThat(mistakes(judge("{file: none.yaml}")))
        .singleElement()
        .asString()
        .startsWith("p.yaml:9:")
        .contains("there is no file ")
        .contains("'none.yaml' counts from the pipeline file's folder");
    assertThat(mistakes(judge("{file: .}"))).singleElement().asString().contains("is a directory");
    Path pipe = folder.resolve("pipe.yaml");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(20, TimeUnit.SECONDS))
        .isTrue();
    assertThat(mistakes(judge("{file: pipe.yaml}")))
        .singleElement()
        .asString()
        .contains("it is a pipe, a socket or a device, and only regular files are read");
    Files.writeString(folder.resolve("long.yaml"), "#".repeat(300_000));
    assertThat(mistakes(judge("{file: long.yaml}")))
        .singleElement()
        .asString()
        .contains("it has 300000 bytes, and such a file has at most 262144");
    Files.write(folder.resolve("latin.yaml"), new byte[] {'a', (byte) 0xe9});
    assertThat(mistakes(judge("{file: latin.yaml}")))
        .singleElement()
        .asString()
        .contains("is not UTF-8 text");
    assertThat(ofFile("")).singleElement().asString().contains("judge.yaml:1:1: ");
    assertThat(ofFile("a: [")).singleElement().asString().startsWith("judge.yaml:1:");
    assertThat(ofFile("- a")).singleElement().asString().contains("must be a block of keys");
  }

  /** Files of the guide, as a person copies them. */
  @Test
  void promptsOfTheGuide_areRight() throws IOException {
    String guide = Files.readString(Path.of("../docs/guides/prompts.md"));
    int found = 0;
    for (String part : guide.split("```", -1)) {
      if (part.startsWith("yaml\n") && part.contains("asks_for:")) {
        Path file = Files.writeString(folder.resolve("guide.yaml"), part.substring(5));
        PromptFile.Read read = PromptFile.read(file, Form.CHAT);
        assertThat(read.mistakes()).isEmpty();
        assertThat(read.text()).isPresent();
        found++;
      }
    }
    assertThat(found).isEqualTo(2);
    assertThat(
            load(judge("{template: \"{{ problem }} {{ solution }} Yes or No?\", reply: word}"))
                .mistakes())
        .isEmpty();
  }
}
