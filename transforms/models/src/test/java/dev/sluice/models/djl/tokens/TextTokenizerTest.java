package dev.sluice.models.djl.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.models.ModelException;
import dev.sluice.models.directory.TinyModel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextTokenizerTest {
  private static final String EVERYTHING = "\n 0123456789+-*=#:?abcdxyn";

  private static TextTokenizer fast() {
    return TextTokenizer.of(TinyModel.tokenizer(), "tiny");
  }

  private static TextTokenizer original() {
    return new HuggingFaceTextTokenizer(TinyModel.tokenizer(), "tiny");
  }

  @Test
  void theVocabularyIsThatOfTheTinyWorld() {
    try (TextTokenizer tokenizer = fast()) {
      assertThat(tokenizer).isInstanceOf(CharacterTokenizer.class);
      int[] tokens = tokenizer.encode(EVERYTHING);
      assertThat(tokens).hasSize(26);
      for (int i = 0; i < tokens.length; i++) {
        assertThat(tokens[i]).isEqualTo(i + 2);
      }
    }
  }

  @Test
  void theFastWayIsThatOfHuggingFace() {
    try (TextTokenizer fast = fast();
        TextTokenizer original = original()) {
      for (String text :
          new String[] {
            EVERYTHING, "23+4-8*3:23+4=27\n27-8=19\n#19?a 27y 19y y", "\n\n  \n", "", " "
          }) {
        int[] tokens = fast.encode(text);
        assertThat(original.encode(text)).containsExactly(tokens);
        assertThat(fast.decode(tokens, tokens.length)).isEqualTo(text);
        assertThat(original.decode(tokens, tokens.length)).isEqualTo(text);
      }
      int[] withSpecial = {0, 4, 5, 1, 2, 1, 0};
      assertThat(fast.decode(withSpecial, 7)).isEqualTo("01\n");
      assertThat(original.decode(withSpecial, 7)).isEqualTo("01\n");
      assertThat(fast.decode(withSpecial, 2)).isEqualTo("0");
    }
  }

  /** As the tokenizers of Llama and Gemma do, with a token that begins every text. */
  @Test
  void aPromptBeginsAsTheTokenizerSays() {
    String json =
        """
        {"version": "1.0", "truncation": null, "padding": null,
         "added_tokens": [{"id": 0, "content": "<s>", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true}],
         "normalizer": null, "pre_tokenizer": {"type": "Whitespace"},
         "post_processor": {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
           "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
           "special_tokens": {"<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]}}},
         "decoder": null, "model": {"type": "WordLevel", "vocab": {"<s>": 0, "one": 1, "two": 2, "<unk>": 3}, "unk_token": "<unk>"}}
        """;
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    try (TextTokenizer tokenizer = TextTokenizer.of(bytes, "words")) {
      assertThat(tokenizer.encodePrompt("one two")).containsExactly(0, 1, 2);
      assertThat(tokenizer.encodePrompt("")).containsExactly(0);
      assertThat(tokenizer.encode("one two")).containsExactly(1, 2);
      assertThatThrownBy(() -> tokenizer.encodePrompt("one three"))
          .isInstanceOf(ModelException.class);
    }
    try (TextTokenizer tiny = fast()) {
      assertThat(tiny.encodePrompt("1+2")).containsExactly(tiny.encode("1+2"));
    }
  }

  @Test
  void aForeignCharacterIsNamed() {
    try (TextTokenizer fast = fast();
        TextTokenizer original = original()) {
      assertThatThrownBy(() -> fast.encode("12😀3"))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              "The character '😀' (U+1F600) at position 2 of the text is not in the model's"
                  + " vocabulary. Leave it out, or take a model that knows it.");
      assertThatThrownBy(() -> fast.encode("<eos>"))
          .hasMessageStartingWith("The character '<' (U+003C) at position 0");
      assertThatThrownBy(() -> original.encode("12é3")).isInstanceOf(ModelException.class);
    }
  }

  @Test
  void aTokenizerThatIsNoneIsNamed() {
    assertThatThrownBy(() -> TextTokenizer.of(new byte[] {'{'}, "m"))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("m: tokenizer.json is not JSON: ");
    assertThatThrownBy(() -> TextTokenizer.of("{}".getBytes(StandardCharsets.UTF_8), "m"))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("m: tokenizer.json cannot be loaded: ");
  }
}
