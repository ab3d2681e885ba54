package dev.sluice.models.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sluice.models.Endpoint;
import dev.sluice.models.Generation;
import dev.sluice.models.GenerationRequest;
import dev.sluice.models.LanguageModel;
import dev.sluice.models.ModelException;
import dev.sluice.models.Precision;
import dev.sluice.models.Sampling;
import dev.sluice.models.ScoreRequest;
import dev.sluice.models.TokenCertainty;
import dev.sluice.models.TokenModelContract;
import dev.sluice.models.djl.tokens.HuggingFaceTextTokenizer;
import dev.sluice.models.provider.DjlSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("native")
class DjlLanguageModelTest extends TokenModelContract {

  @Override
  protected LanguageModel open() {
    return DjlModels.languageModel("solver", TinySolver.folder(), DjlModels.DECODE_BATCH);
  }

  @Test
  void aCharacterOutsideTheVocabularyFailsAlone() {
    try (LanguageModel model = open()) {
      List<Generation> generations =
          model.generate(
              List.of(
                  new GenerationRequest("2+2é:", Sampling.at(0, 5), List.of(1L)),
                  new GenerationRequest("2+2:", Sampling.at(0, 5), List.of(1L))));
      assertThat(generations.get(0).error())
          .isEqualTo(
              "The character 'é' (U+00E9) at position 3 of the text is not in the model's"
                  + " vocabulary. Leave it out, or take a model that knows it.");
      assertThat(generations.get(1).error()).isNull();
    }
  }

  /** The template puts the colon that the plain prompt has itself. */
  @Test
  void aChatGoesThroughTheTemplate(@TempDir Path folder) throws IOException {
    copy(TinySolver.folder(), folder);
    Files.writeString(
        folder.resolve("chat_template.jinja"),
        "{% for m in messages %}{{ m.content if m.role == 'user' }}:{% endfor %}");
    List<GenerationRequest> plain =
        List.of(new GenerationRequest("12+3:", Sampling.at(1, 20), List.of(1L, 2L, 3L)));
    List<GenerationRequest> chat =
        List.of(new GenerationRequest("12+3", Sampling.at(1, 20), List.of(1L, 2L, 3L)));
    try (LanguageModel completions = new DjlRuntime().open(folder);
        LanguageModel chats =
            new DjlRuntime().open(folder, DjlSpec.usual("m").with(Endpoint.CHAT))) {
      Generation expected = completions.generate(plain).get(0);
      Generation generation = chats.generate(chat).get(0);
      assertThat(generation.promptTokens()).isEqualTo(5);
      for (int i = 0; i < 3; i++) {
        assertThat(generation.completions().get(i).tokens())
            .containsExactly(expected.completions().get(i).tokens());
      }
    }
  }

  @Test
  void aLongPromptLosesItsBeginningIfAsked() {
    String prompt = "1+".repeat(130) + "12+3:";
    try (LanguageModel whole = open();
        LanguageModel cut =
            new DjlRuntime().open(TinySolver.folder(), DjlSpec.usual("m").withPromptsOf(5))) {
      Sampling sampling = Sampling.at(1, 20);
      Generation refused =
          whole.generate(List.of(new GenerationRequest(prompt, sampling, List.of(1L)))).get(0);
      assertThat(refused.error())
          .isEqualTo(
              "The prompt has 265 tokens, but the context of solver holds 256 tokens of prompt and completion together. Shorten the prompt, or set max_prompt_length.");
      Generation expected =
          whole.generate(List.of(new GenerationRequest("12+3:", sampling, List.of(1L)))).get(0);
      Generation generation =
          cut.generate(List.of(new GenerationRequest(prompt, sampling, List.of(1L)))).get(0);
      assertThat(generation.promptTokens()).isEqualTo(5);
      assertThat(generation.completions().get(0).tokens())
          .containsExactly(expected.completions().get(0).tokens());
    }
  }

  /** The tokenizer of RoBERTa puts a token before a text and one behind it. */
  @Test
  void specialTokensStayWhereAPromptIsCut() throws IOException {
    byte[] json;
    try (java.io.InputStream in =
        DjlLanguageModelTest.class.getResourceAsStream(
            "/dev/sluice/models/encoders/roberta/tokenizer.json")) {
      json = java.util.Objects.requireNonNull(in).readAllBytes();
    }
    try (HuggingFaceTextTokenizer tokenizer = new HuggingFaceTextTokenizer(json, "roberta")) {
      String text = "How old is Tom?";
      int[] whole = tokenizer.encodePrompt(text);
      int last = whole.length - 1;
      int[] four = new PromptTokens(() -> tokenizer, null, 4).of(text);
      assertThat(four).containsExactly(whole[0], whole[last - 2], whole[last - 1], whole[last]);
      assertThat(new PromptTokens(() -> tokenizer, null, whole.length).of(text))
          .containsExactly(whole);
      assertThatThrownBy(() -> new PromptTokens(() -> tokenizer, null, 2).of(text))
          .isInstanceOf(ModelException.class)
          .hasMessage(
              "The prompt has %d tokens and cannot be cut to max_prompt_length 2: the tokenizer puts 2 special tokens around a text. Raise it, or leave it out."
                  .formatted(whole.length));
    }
  }

  /** The whole distribution, worked out from the log-probability of every token of it. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 0.7})
  void certainty_isThatOfTheScoresOfAllTokens(double temperature) {
    try (LanguageModel model = open()) {
      int[] prompt = model.encode("12+3:");
      int[] completion = model.encode("12+3=15");
      ScoreRequest asked = new ScoreRequest(prompt, completion, temperature);
      TokenCertainty found = model.certainty(List.of(asked)).get(0);
      assertThat(found.entropies()).hasSize(completion.length);
      int vocabulary = 28;
      for (int t = 0; t < completion.length; t++) {
        int[] before = Arrays.copyOf(prompt, prompt.length + t);
        System.arraycopy(completion, 0, before, prompt.length, t);
        List<ScoreRequest> all = new ArrayList<>();
        for (int token = 0; token < vocabulary; token++) {
          all.add(new ScoreRequest(before, new int[] {token}, temperature));
        }
        double mass = 0;
        double entropy = 0;
        double divergence = -Math.log(vocabulary);
        for (float[] logprob : model.score(all)) {
          mass += Math.exp(logprob[0]);
          entropy -= Math.exp(logprob[0]) * logprob[0];
          divergence -= logprob[0] / vocabulary;
        }
        assertThat(mass).isCloseTo(1, within(1e-4));
        assertThat((double) found.entropies()[t]).isCloseTo(entropy, within(1e-4));
        assertThat((double) found.divergences()[t]).isCloseTo(divergence, within(1e-4));
      }
    }
  }

  @Test
  void certainty_ofARowAmongOthers_isItsOwn() {
    try (LanguageModel model = open()) {
      ScoreRequest one = new ScoreRequest(model.encode("12+3:"), model.encode("12+3=15\n#15"));
      ScoreRequest none = new ScoreRequest(model.encode("1:"), new int[0]);
      ScoreRequest other = new ScoreRequest(model.encode("4*5-6:"), model.encode("4*5=20"));
      TokenCertainty alone = model.certainty(List.of(one)).get(0);
      List<TokenCertainty> all = model.certainty(List.of(other, none, one));
      assertThat(all.get(1).entropies()).isEmpty();
      assertThat(all.get(2).entropies()).isEqualTo(alone.entropies());
      assertThat(all.get(2).divergences()).isEqualTo(alone.divergences());
    }
  }

  @Test
  void halfTheBitsGiveNearlyTheSame() {
    try (LanguageModel whole = open();
        LanguageModel half =
            new DjlRuntime()
                .open(TinySolver.folder(), DjlSpec.usual("m").with(Precision.BFLOAT16))) {
      List<ScoreRequest> requests =
          List.of(new ScoreRequest(whole.encode("12+3:"), whole.encode("12+3=15\n#15")));
      float[] expected = whole.score(requests).get(0);
      float[] scores = half.score(requests).get(0);
      assertThat(scores).isNotEqualTo(expected);
      for (int i = 0; i < scores.length; i++) {
        assertThat(scores[i]).isCloseTo(expected[i], within(.1f));
      }
    }
  }

  @Test
  void tellsOfEveryToken() {
    AtomicInteger tokens = new AtomicInteger();
    AtomicInteger whole = new AtomicInteger();
    try (LanguageModel model = open()) {
      List<Generation> generations =
          model.generate(
              List.of(
                  new GenerationRequest("12+3:", Sampling.at(1, 20), List.of(1L, 2L)),
                  new GenerationRequest("4*5:", Sampling.at(1, 3), List.of(1L))),
              (more, finished) -> {
                tokens.addAndGet(more);
                whole.addAndGet(finished ? 1 : 0);
              });
      int expected =
          generations.stream()
              .flatMap(generation -> generation.completions().stream())
              .mapToInt(completion -> completion.tokens().length)
              .sum();
      assertThat(tokens).hasValue(expected);
      assertThat(whole).hasValue(3);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void theContextEndsACompletion() {
    try (LanguageModel model = open()) {
      String prompt = "1".repeat(250);
      Generation generation =
          model
              .generate(List.of(new GenerationRequest(prompt, Sampling.at(1, 64), List.of(4L))))
              .get(0);
      assertThat(generation.completions().get(0).tokens().length).isLessThanOrEqualTo(6);
    }
  }

  @Test
  void aRowToScoreThatDoesNotFitIsRefused() {
    try (LanguageModel model = open()) {
      assertThatThrownBy(() -> model.score(List.of(new ScoreRequest(new int[200], new int[57]))))
          .isInstanceOf(ModelException.class)
          .hasMessage("A row to score has 257 tokens; the model's context holds 1 to 256.");
    }
  }

  @Test
  void aLanguageModelIsNoClassifier() {
    assertThatThrownBy(
            () -> DjlModels.stepClassifier("solver", TinySolver.folder(), DjlSpec.usual("m")))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("solver is a language model and does not classify steps.");
  }
}
