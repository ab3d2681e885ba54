package dev.sluice.methods.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.parts.ConfigMistake;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamedGroupsTest {

  /** RE2/J simplifies repetitions at the top of a pattern, and lost the names in them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "(?<verdict>yes|no){1}; verdict",
        "(?<outcome>\\w{2,3})?; outcome",
        "(?:(?<step>\\d): (?<verdict>yes|no)\\n){2}; step verdict",
        "(?:a|(?<outcome>b)){1,}; outcome",
        "(?<verdict>yes|no); verdict",
        "a|(?<outcome>b); outcome"
      })
  void names_areKept(String pattern, String names) {
    assertThat(NamedGroups.of(pattern).names())
        .containsExactlyInAnyOrder(names.strip().split(" ", -1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "(?<verdict>", "(?=a)", "a{1000}{1000}"})
  void patternThatCannotBeRead_isAMistakeAndNoException(String pattern) {
    RegexReply reply = new RegexReply(pattern, List.of("yes"), List.of("no"));
    assertThat(reply.reads()).containsExactly(Reads.FIELDS);
    assertThat(reply.namesFirstError()).isFalse();
    assertThat(reply.check("reply")).extracting(ConfigMistake::key).containsExactly("reply");
  }
}
