package dev.sluice.stages.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.records.DeadLetter;
import dev.sluice.records.Example;
import dev.sluice.records.Hashes;
import dev.sluice.records.Message;
import dev.sluice.records.manifest.Counts;
import dev.sluice.stages.testing.ArithmeticScripts;
import dev.sluice.stages.testing.Configs;
import dev.sluice.stages.testing.FakeModels;
import dev.sluice.stages.testing.StageHost;
import dev.sluice.stages.testing.StageRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Examples from files. */
class FileExamplesTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("examples.jsonl"), List.of(lines));
  }

  private static FileExamples source(Path file, String more) {
    return Configs.of(FileExamples.class, "{path: '%s', dataset: trl%s}".formatted(file, more));
  }

  @Test
  void textsOfPromptAndCompletion_areLearntAsWritten() throws IOException {
    FileExamples.Read read =
        source(
                file(
                    "{\"prompt\": \"How many?\", \"completion\": \"\\n2+2=4\\nA: 4\"}",
                    "{\"prompt\": \"\\\"Äpfel\\\" 😀\\n\", \"completion\": \" x \", \"label\": true}"),
                "")
            .read();
    String many = Hashes.problemId(List.of(Message.user("How many?")));
    assertThat(read.examples())
        .containsExactly(
            new Example(
                Hashes.childId(many, "FineTune", 0),
                "How many?",
                "\n2+2=4\nA: 4",
                1,
                List.of(),
                List.of(many)),
            new Example(
                Hashes.childId(
                    Hashes.problemId(List.of(Message.user("\"Äpfel\" 😀"))), "FineTune", 1),
                "\"Äpfel\" 😀\n",
                " x ",
                1,
                List.of(),
                List.of(Hashes.problemId(List.of(Message.user("\"Äpfel\" 😀"))))));
    assertThat(read.leftOut()).isZero();
    assertThat(read.letters()).isEmpty();
  }

  @Test
  void otherRows_areLearntAfterTheirPrompt_andWhatIsWrongIsLeftOut() throws IOException {
    FileExamples.Read read =
        source(
                file(
                    "{\"prompt\": \"2+3\\n\", \"completions\": [\"2+3=5\", \"#5\"], \"labels\": [true, true]}",
                    "{\"prompt\": \"2+3\\n\", \"completions\": [\"2+3=6\", \"#6\"], \"labels\": [false, false]}",
                    "{\"prompt\": \"2+4\", \"chosen\": \"#6\", \"rejected\": \"#7\"}",
                    "{\"prompt\": \"2+4\", \"completion\": \"#8\", \"label\": false}",
                    "{\"messages\": [{\"role\": \"user\", \"content\": \"2+5\"}, {\"role\": \"assistant\", \"content\": \"#7\"}]}"),
                ", format: arithmetic")
            .read();
    assertThat(read.examples())
        .extracting(Example::prompt, Example::completion)
        .containsExactly(tuple("2+3:", "2+3=5\n#5"), tuple("2+4:", "#6"), tuple("2+5:", "#7"));
    assertThat(read.leftOut()).isEqualTo(3);
  }

  @Test
  void brokenRows_areDeadLetters() throws IOException {
    FileExamples.Read read =
        source(
                file(
                    "{\"prompt\": \"q\"",
                    "[]",
                    "{\"prompt\": \"q\"}",
                    "{\"messages\": [{\"role\": \"system\", \"content\": \"s\"}, {\"role\": \"user\", \"content\": \"q\"}, {\"role\": \"assistant\", \"content\": \"a\"}]}",
                    "{\"prompt\": \"q\", \"completion\": \"a\"}"),
                "")
            .read();
    assertThat(read.examples()).hasSize(1);
    assertThat(read.letters())
        .extracting(DeadLetter::errorMessage, DeadLetter::recordId)
        .containsExactly(
            tuple(
                "Reading examples: line 1 is not JSON (Unexpected end-of-input: expected close marker for Object).",
                "row-0"),
            tuple(
                "Reading examples: line 2 is array, not an object of fields such as {\"question\": \"...\"}.",
                "row-1"),
            tuple(
                "Reading examples: line 3 has no solution: neither 'completions', 'completion', 'messages' nor 'chosen'.",
                "row-2"),
            tuple(
                "Reading examples: line 4 asks in 2 turns, the first of 'system'; a prompt of text has room for one turn of the user.",
                "row-3"));
  }

  @Test
  void limit_readsTheFirstRows() throws IOException {
    Path file =
        file(
            "{\"prompt\": \"q\", \"completion\": \"a\"}",
            "{\"prompt\": \"r\", \"completion\": \"b\"}",
            "{\"prompt\": ");
    assertThat(source(file, ", limit: 2").read().examples()).hasSize(2);
    assertThat(source(file, ", limit: 2").read().letters()).isEmpty();
  }

  @Test
  void training_onAFile_countsItsRows() throws IOException {
    FakeModels models = new FakeModels(weights -> ArithmeticScripts.world());
    StageHost host = new StageHost(folder.resolve("workspace"), models);
    FakeModels.write(folder.resolve("start"), "start");
    host.with("base", folder.resolve("start"));
    Path file =
        file(
            "{\"prompt\": \"q\", \"completion\": \"a\"}",
            "{\"prompt\": \"q\", \"completion\": \"b\", \"label\": false}",
            "{}");
    StageRun run =
        host.run(
            new FineTune(),
            "{model: base, steps: 2, batch_size: 2, source: {kind: file, path: '%s', dataset: trl}}"
                .formatted(file),
            Map.of());
    assertThat(run.counts()).isEqualTo(new Counts(1, 1, 1, 0, 0));
    assertThat(run.metric("examples/read")).isEqualTo(1);
    assertThat(run.metric("examples/left_out")).isEqualTo(1);
    assertThat(run.metric("examples/unreadable")).isEqualTo(1);
    assertThat(run.warnings())
        .containsExactly(
            "1 rows of '%s' cannot be read, and nothing is learnt of them. 'sluice inspect RUN/STAGE --table dead_letters' shows their lines and reasons."
                .formatted(file));
    assertThat(run.dead())
        .extracting(DeadLetter::errorMessage)
        .containsExactly("Reading examples: line 3 has no text in column 'prompt'.");
    assertThat(models.steps()).hasSize(2);

    Path none = Files.writeString(folder.resolve("none.jsonl"), "{\"prompt\": \"q\"}\n");
    assertThatThrownBy(
            () ->
                host.run(
                    new FineTune(),
                    "{model: base, steps: 2, source: {kind: file, path: '%s', dataset: trl}}"
                        .formatted(none),
                    Map.of()))
        .hasMessage(
            "Training on examples: '%s' has none: 1 rows cannot be read (Reading examples: line 1 has no solution: neither 'completions', 'completion', 'messages' nor 'chosen'.), and 0 solutions are called wrong."
                .formatted(none));
  }

  @Test
  void useOfReferences_isDeclared() {
    FineTune type = new FineTune();
    String config = "{model: m, steps: 1, source: {kind: file, path: f, dataset: %s}}";
    assertThat(type.wiring(config(config.formatted("trl"))).referenceFree()).isFalse();
    FineTune.Config free = config(config.formatted("trl, reference_free: true"));
    assertThat(type.wiring(free).referenceFree()).isTrue();
    assertThat(type.mistakes(free)).isEmpty();
    assertThat(type.mistakes(config(config.formatted("prm800k, reference_free: true"))))
        .containsExactly(
            new ConfigMistake(
                "source.reference_free",
                "'prm800k' is not reference-free, since people labelled it; leave 'reference_free' out"));
    assertThat(type.mistakes(config(config.formatted("nemo_gym"))))
        .containsExactly(
            new ConfigMistake("source.dataset", "rows of 'nemo_gym' hold no solutions"));
  }

  private static FineTune.Config config(String yaml) {
    return Configs.of(FineTune.Config.class, yaml);
  }
}
