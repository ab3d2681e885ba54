package dev.sluice.stages.synthesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.parts.ConfigMistake;
import dev.sluice.stages.StageType.Look;
import dev.sluice.stages.Wiring;
import dev.sluice.stages.aggregation.AggregateStepLabels;
import dev.sluice.stages.testing.Configs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the keys of a dataset allow, and what a look at its file shows before any work. */
class DatasetKeysTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private Path file(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{file: {path: f, dataset: nemo_gym}} | file.dataset | rows of 'nemo_gym' hold no solutions",
        "{file: {path: f, dataset: trl, solutions: r}} | file | rows of 'trl' have columns of their own; leave 'dataset' or the names of columns out",
        "{file: {path: f, dataset: trl, question: q}} | file | rows of 'trl' have columns of their own; leave 'dataset' or the names of columns out"
      })
  void solutions_keysThatContradict_areAMistake(String config, String key, String message) {
    assertThat(new SampleSolutions().mistakes(Configs.of(SampleSolutions.Config.class, config)))
        .containsExactly(new ConfigMistake(key, message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{kind: file, path: f, dataset: nemo_gym} | estimator.dataset | rows of 'nemo_gym' hold no labels",
        "{kind: file, path: f, dataset: preference} | preferences | rows of 'preference' hold pairs and no labels, and 'preferences' is 0, so nothing would be read; set it to the most pairs of a problem",
        "{kind: file, path: f, dataset: prm800k, reference_free: true} | estimator.reference_free | 'prm800k' is not reference-free, since people labelled it; leave 'reference_free' out",
        "{kind: file, path: f, dataset: math_shepherd, reference_free: true} | estimator.reference_free | 'math_shepherd' is not reference-free, since its labels were made with reference answers; leave 'reference_free' out"
      })
  void labels_keysThatContradict_areAMistake(String estimator, String key, String message) {
    assertThat(
            new AggregateStepLabels()
                .mistakes(
                    Configs.of(
                        AggregateStepLabels.Config.class, "{estimator: %s}".formatted(estimator))))
        .containsExactly(new ConfigMistake(key, message));
  }

  @Test
  void problems_columnsBesideADataset_areAMistake() {
    assertThat(
            new SynthesizeProblems()
                .mistakes(
                    Configs.of(
                        SynthesizeProblems.Config.class,
                        "{source: {kind: file, path: f, dataset: verl, columns: {question: q}}}")))
        .containsExactly(
            new ConfigMistake(
                "source.columns",
                "rows of 'verl' have columns of their own; leave 'columns' or 'dataset' out"));
  }

  @ParameterizedTest
  @CsvSource({
    "prm800k, false, false",
    "processbench, false, false",
    "math_shepherd, false, false",
    "trl, false, false",
    "trl, true, true",
    "preference, true, true"
  })
  void labels_useOfReferences_isDeclared(String dataset, boolean declared, boolean free) {
    Wiring wiring =
        new AggregateStepLabels()
            .wiring(
                Configs.of(
                    AggregateStepLabels.Config.class,
                    "{estimator: {kind: file, path: f, dataset: %s, reference_free: %s}}"
                        .formatted(dataset, declared)));
    assertThat(wiring.referenceFree()).isEqualTo(free);
    assertThat(wiring.loadsReference()).isFalse();
    assertThat(wiring.reads())
        .extracting(Wiring.Port::name)
        .containsExactly("solutions", "problems");
  }

  @Test
  void look_fileOfAnotherDataset_isAMistake() throws IOException {
    Path file = file("gsm8k.jsonl", "{\"question\": \"q\", \"answer\": \"4\"}");
    assertThat(
            new SynthesizeProblems()
                .look(
                    Configs.of(
                        SynthesizeProblems.Config.class,
                        "{source: {kind: file, path: '%s', dataset: processbench}}"
                            .formatted(file)))
                .mistakes())
        .containsExactly(
            new ConfigMistake(
                "source.path",
                "the only row of '%s' cannot be read as 'processbench': line 1 has no text in column 'problem'"
                    .formatted(file)));
  }

  @ParameterizedTest
  @CsvSource({
    "true, false, warning",
    "false, true, mistake",
    "true, true, none",
    "false, false, none"
  })
  void look_manifestOfAnExport_saysWhetherItIsReferenceFree(
      boolean stated, boolean declared, String found) throws IOException {
    Path data = Files.createDirectories(folder.resolve("out/data"));
    Path file =
        Files.writeString(
            data.resolve("stepwise-train.jsonl"),
            "{\"prompt\": \"q\", \"completions\": [\"a\"], \"labels\": [true]}\n");
    Files.writeString(
        folder.resolve("out/manifest.json"),
        "{\"reference_free\": %s, \"files\": [{\"path\": \"data/stepwise-train.jsonl\"}]}"
            .formatted(stated));
    Look look =
        new AggregateStepLabels()
            .look(
                Configs.of(
                    AggregateStepLabels.Config.class,
                    "{estimator: {kind: file, path: '%s', dataset: trl, reference_free: %s}}"
                        .formatted(file, declared)));
    assertThat(look.mistakes()).hasSize(found.equals("mistake") ? 1 : 0);
    assertThat(look.warnings()).hasSize(found.equals("warning") ? 1 : 0);
    assertThat(look.and(look).mistakes())
        .allMatch(each -> each.key().equals("estimator.reference_free"));
  }
}
