package dev.sluice.models.djl.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.models.ModelException;
import dev.sluice.models.directory.TinyModel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class VocabularyTest {
  private static Vocabulary of(String json, String end) {
    return Vocabulary.of(
        json.getBytes(StandardCharsets.UTF_8), end.isEmpty() ? null : end, "t.json");
  }

  @Test
  void arithmeticWorldHasItsTokens() {
    assertThat(Vocabulary.of(TinyModel.tokenizer(), null, "builtin:arithmetic"))
        .isEqualTo(new Vocabulary(28, 1, 0));
  }

  @Test
  void addedTokensCountAndIdsMayHaveGaps() {
    String json =
        """
        {"added_tokens": [{"id": 9, "content": "<|endoftext|>"}, {"id": 12, "content": "<|im_end|>"}],
         "model": {"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2}}}
        """;
    assertThat(of(json, "")).isEqualTo(new Vocabulary(13, 9, 9));
    assertThat(of(json, "<|im_end|>")).isEqualTo(new Vocabulary(13, 12, 12));
  }

  @Test
  void unigramListsItsPieces() {
    String json =
        """
        {"model": {"type": "Unigram", "vocab": [["<pad>", 0.0], ["</s>", 0.0], ["x", -1.5]]}}
        """;
    assertThat(of(json, "")).isEqualTo(new Vocabulary(3, 1, 0));
  }

  @Test
  void missingEndTokenIsNamed() {
    String json = "{\"model\": {\"vocab\": {\"a\": 0}}}";
    assertThatThrownBy(() -> of(json, ""))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "The tokenizer 't.json' has none of the usual tokens that end a text (<|endoftext|>, </s>, <eos>, <|end_of_text|>, <|im_end|>, [EOS], [SEP]); name it with 'end_token'.");
    assertThatThrownBy(() -> of(json, "b"))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "The tokenizer 't.json' has no token 'b'; 'end_token' must be one of its 1 tokens.");
  }
}
