package dev.sluice.runners.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeyWordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Add --with-reference, which exports them.|Add 'with_reference: true', which exports them.",
        "Add --round 0.5, which labels.|Add 'round: 0.5', which labels.",
        "Use fewer --shards.|Use fewer 'shards'.",
        "Add --option data_source=VALUE.|Add 'options: {data_source: VALUE}'.",
        "Stages with the table: a; --stage selects one.|Stages with the table: a; 'input' selects one.",
        "rows that --where leaves out|rows that 'where' leaves out",
        "replace it with --force.|replace it with 'replace: true'.",
        "a - b and 3--4 stay|a - b and 3--4 stay"
      })
  void sentenceOfTheCommand_namesKeys(String sentence, String expected) {
    assertThat(KeyWords.of(sentence)).isEqualTo(expected);
  }
}
