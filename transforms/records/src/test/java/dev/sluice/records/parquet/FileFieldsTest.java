package dev.sluice.records.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileFieldsTest {
  private static final FileFields SCHEMA =
      ParquetFields.of(
          MessageTypeParser.parseMessageType(
              """
              message m {
                required binary question (STRING);
                optional group meta { optional binary answer (STRING); optional binary a.b (STRING); }
                optional group texts (LIST) { repeated group list { optional binary element (STRING); } }
                optional group runs (LIST) { repeated group list { optional group element { optional binary text (STRING); } } }
                optional group old (LIST) { repeated group array { optional binary text (STRING); } }
                repeated group bare { optional binary text (STRING); }
                optional group tags (MAP) { repeated group key_value { required binary key (STRING); optional binary value (STRING); } }
              }
              """));

  @ParameterizedTest
  @CsvSource({
    "question, true",
    "questions, false",
    "meta, true",
    "meta.answer, true",
    "meta.answr, false",
    "texts, true",
    "texts[*], true",
    "texts[*].text, false",
    "runs[*].text, true",
    "runs[*].txt, false",
    "runs.text, false",
    "old[*].text, true",
    "bare[*].text, true",
    "tags.anything.at_all, true",
    "question[*], true",
    "'', false"
  })
  void has_path_asRowsOfTheSchemaHaveIt(String path, boolean there) {
    assertThat(SCHEMA.has(path)).isEqualTo(there);
  }

  @Test
  void paths_leadToValues() {
    assertThat(SCHEMA.paths())
        .containsExactly(
            "question",
            "meta.answer",
            "meta.a.b",
            "texts",
            "runs[*].text",
            "old[*].text",
            "bare[*].text",
            "tags");
  }

  @Test
  void flat_nameWithADot_isOneColumn() {
    FileFields header = FileFields.flat(List.of("a.b", "c"));
    assertThat(header.has("a.b")).isTrue();
    assertThat(header.has("a")).isFalse();
    assertThat(header.paths()).containsExactly("a.b", "c");
  }
}
