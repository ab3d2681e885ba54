package dev.sluice.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every embedder promises. */
public abstract class EmbedderContract {
  private static final List<String> TEXTS =
      List.of(
          "Janet has 16 apples and eats 3. How many are left?",
          "a",
          "",
          "Who wrote Hamlet?",
          "数学の問題を解く 🙂");

  @SuppressWarnings("NullAway.Init")
  private Embedder embedder;

  /** Opens the embedder. */
  protected abstract Embedder open();

  @BeforeEach
  void begin() {
    embedder = open();
  }

  @AfterEach
  void end() {
    embedder.close();
  }

  @Test
  void givesVectorsOfLengthOneInOrder() {
    List<Embedding> embeddings = embedder.embed(TEXTS);
    assertThat(embeddings).hasSameSizeAs(TEXTS);
    for (Embedding each : embeddings) {
      assertThat(Embedding.cosine(each.vector(), each.vector())).isCloseTo(1, within(1e-6));
      assertThat(each.tokens()).isPositive();
    }
    for (int i = 0; i < TEXTS.size(); i++) {
      assertThat(embedder.embed(List.of(TEXTS.get(i))).get(0).vector())
          .containsExactly(embeddings.get(i).vector());
    }
  }

  @Test
  void givesATextTheSameBitsAmongOthersAndOnManyThreads() {
    List<float[]> alone = embedder.embed(TEXTS).stream().map(Embedding::vector).toList();
    List<String> turned = new ArrayList<>(TEXTS);
    Collections.reverse(turned);
    List<List<Embedding>> all =
        IntStream.range(0, 8).parallel().mapToObj(i -> embedder.embed(turned)).toList();
    for (List<Embedding> embeddings : all) {
      for (int i = 0; i < TEXTS.size(); i++) {
        assertThat(embeddings.get(TEXTS.size() - 1 - i).vector()).containsExactly(alone.get(i));
      }
    }
  }

  @Test
  void readsWhatStandsBeyondItsContext() {
    String begin = "apples ".repeat(embedder.info().contextLength() + 1);
    List<Embedding> both = embedder.embed(List.of(begin + "red", begin + "Hamlet, by whom?"));
    assertThat(both.get(0).tokens()).isGreaterThan(embedder.info().contextLength());
    assertThat(Embedding.cosine(both.get(0).vector(), both.get(1).vector())).isLessThan(1 - 1e-6);
  }

  @Test
  void hasNothingToSayOfNoTexts() {
    assertThat(embedder.embed(List.of())).isEmpty();
  }

  @Test
  void isKnownByItsContent() {
    assertThat(embedder.info().revision()).matches("[0-9a-f]{64}");
    try (Embedder again = open()) {
      assertThat(again.info()).isEqualTo(embedder.info());
    }
  }
}
