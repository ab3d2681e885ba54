package dev.sluice.methods.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.methods.text.StepPlace;
import dev.sluice.methods.text.StepPlace.At;
import dev.sluice.models.ModelException;
import dev.sluice.models.TextEncoder;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepTokensTest {
  private static final String PROMPT = "4+5-2:";
  private static final List<String> STEPS = List.of("4+5=9", "9-2=7", "#7");

  /** Every character is a token, and so is the marker of Qwen2.5-Math-PRM. */
  private static final class Characters implements TextEncoder {
    @Override
    public int[] encode(String text) {
      return text.replace("<extra_0>", "\uE000").codePoints().toArray();
    }

    @Override
    public int[] encodePrompt(String text) {
      return encode(text);
    }
  }

  private static StepTokens tokens(StepPlace place) {
    return StepTokens.of(new Characters(), PROMPT, STEPS, place);
  }

  private static String text(StepTokens tokens) {
    return new String(tokens.tokens(), 0, tokens.tokens().length);
  }

  @Test
  void lastToken_isThatOfTheStepWithLineBreaksBetween() {
    StepTokens tokens = tokens(StepPlace.LAST_TOKEN);
    assertThat(text(tokens)).isEqualTo("4+5-2:4+5=9\n9-2=7\n#7");
    assertThat(tokens.positions()).containsExactly(10, 16, 19);
  }

  /**
   * What {@code PRMTrainer.tokenize_row} of TRL 1.13.0 gives, run on these steps with a tokenizer
   * whose tokens are characters and the labels True, False, True: the tokens, and the index of each
   * label that is not -100.
   */
  @Test
  void separator_carriesTheLabelsWhereTrlPlacesThem() {
    StepTokens lines = tokens(new StepPlace(At.SEPARATOR, null));
    assertThat(text(lines)).isEqualTo("4+5-2:4+5=9\n9-2=7\n#7\n");
    assertThat(lines.positions()).containsExactly(11, 17, 20);
    StepTokens two = tokens(new StepPlace(At.SEPARATOR, "ab"));
    assertThat(text(two)).isEqualTo("4+5-2:4+5=9ab9-2=7ab#7ab");
    assertThat(two.positions()).containsExactly(12, 19, 23);
    float[][] targets = two.weightsAndLabels(List.of(1.0, 0.0, 1.0));
    assertThat(targets[0]).hasSize(24).contains(1, org.assertj.core.data.Index.atIndex(19));
    assertThat(targets[1][19]).isEqualTo(0);
    assertThat(targets[1][23]).isEqualTo(1);
  }

  /** The model card: steps joined by the marker, one after the last as well. */
  @Test
  void marker_followsEveryStep() {
    StepTokens tokens = tokens(new StepPlace(At.MARKER, null));
    assertThat(text(tokens)).isEqualTo("4+5-2:4+5=9\uE0009-2=7\uE000#7\uE000");
    assertThat(tokens.positions()).containsExactly(11, 17, 20);
  }

  @Test
  void markerThatTheVocabularyDoesNotHave_isRefused() {
    assertThatThrownBy(() -> tokens(new StepPlace(At.MARKER, "<step>")))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "The labels of steps are at the marker \"<step>\" after each step, which is 6 tokens in this model's vocabulary, where a marker is one token. Name in 'label_at' the text that the head was trained with.");
  }

  @Test
  void placesOfOneText_areTheSameHoweverTheyAreWritten() {
    assertThat(new StepPlace(At.SEPARATOR, "\n").same(new StepPlace(At.SEPARATOR, null))).isTrue();
    assertThat(new StepPlace(At.MARKER, "\n").same(new StepPlace(At.SEPARATOR, null))).isFalse();
    assertThat(new StepPlace(At.LAST_TOKEN, "\n").objection())
        .startsWith("'text' is the separator");
    assertThat(new StepPlace(At.MARKER, "").objection())
        .startsWith("the text after a step is empty");
    assertThat(new StepPlace(At.MARKER, null).objection()).isEmpty();
  }
}
