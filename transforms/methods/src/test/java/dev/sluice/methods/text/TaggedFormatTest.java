package dev.sluice.methods.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.records.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaggedFormatTest {
  private static final String RIGHT =
      "<think><step>1+2=3</step>\n<step>3*2=6</step></think><answer>so \\boxed{6}</answer>";

  @Test
  void passesOneAnswerWithOneBox() {
    assertThat(TaggedFormat.gate(RIGHT)).isTrue();
    assertThat(TaggedFormat.gate(RIGHT + " \n\t")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "6",
        "<answer>6</answer>",
        "\\boxed{6}",
        "\\boxed{6}<answer>6</answer>",
        "<answer>\\boxed{6}",
        "\\boxed{6}</answer>",
        "<answer>\\boxed{6} \\boxed{7}</answer>",
        "<answer>\\\\boxed{6} \\boxed{6}</answer>",
        "</answer><answer>\\boxed{6}",
      })
  void rejectsOtherForms(String response) {
    assertThat(TaggedFormat.gate(response)).isFalse();
  }

  @Test
  void rejectsWhateverIsAppended() {
    RandomStream random = new RandomStream(7);
    for (int trial = 0; trial < 300; trial++) {
      char visible = (char) random.nextInt('!', '~');
      String blank = " ".repeat(random.nextInt(4)) + "\n".repeat(random.nextInt(3));
      assertThat(TaggedFormat.gate(RIGHT + blank)).isTrue();
      assertThat(TaggedFormat.gate(RIGHT + blank + visible + blank)).isFalse();
    }
    assertThat(TaggedFormat.gate(RIGHT + "<answer>7</answer>")).isFalse();
    assertThat(TaggedFormat.gate(RIGHT + RIGHT)).isFalse();
    assertThat(TaggedFormat.gate("\\boxed{7}" + RIGHT)).isFalse();
  }
}
