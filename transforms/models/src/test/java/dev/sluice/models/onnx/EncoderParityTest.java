package dev.sluice.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.models.Embedder;
import dev.sluice.models.Embedding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors of sentence-transformers (fixtures by encoders.py). */
class EncoderParityTest {
  private static final double TOLERANCE = 1e-5;

  @ParameterizedTest
  @CsvSource({
    "bert,cls", "bert,max", "bert,mean", "bert,mean_sqrt_len_tokens", "bert,weightedmean",
    "bert,lasttoken", "bert,cls+mean", "roberta,cls", "roberta,max", "roberta,mean",
    "roberta,mean_sqrt_len_tokens", "roberta,weightedmean", "roberta,lasttoken", "roberta,cls+mean"
  })
  void poolsAsSentenceTransformersDoes(String name, String modes, @TempDir Path scratch)
      throws IOException {
    Path folder = EncoderFixture.copy(name, scratch);
    List<String> words = List.of(modes.split("\\+", -1));
    String list = words.stream().map(word -> '"' + word + '"').collect(Collectors.joining(","));
    // The form of release 5, and the one of all releases before it.
    String before =
        words.stream()
            .map(word -> Pooling.valueOf(word.toUpperCase(java.util.Locale.ROOT)).oldKey())
            .map(key -> '"' + key + "\": true")
            .collect(Collectors.joining(","));
    JsonNode expected = EncoderFixture.json(folder.resolve("expected.json"));
    for (String config :
        List.of(
            "{\"pooling_mode\": [" + list + "]}", "{" + before + ", \"pooling_mode_x\": true}")) {
      Files.writeString(folder.resolve(EncoderSettings.POOLING), config);
      try (Embedder embedder = OnnxModels.open(name, folder.toString())) {
        EncoderFixture.assertVectors(
            embedder.embed(EncoderFixture.texts(expected.path("texts"))),
            expected.path("pooled").path(modes).asText(),
            TOLERANCE);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert", "roberta"})
  void readsALongTextPieceByPiece(String name) {
    Path folder = EncoderFixture.place(name);
    JsonNode expected = EncoderFixture.json(folder.resolve("expected.json")).path("long");
    try (Embedder embedder = OnnxModels.open(name, folder.toString())) {
      List<Embedding> embeddings = embedder.embed(EncoderFixture.texts(expected.path("texts")));
      EncoderFixture.assertVectors(embeddings, expected.path("vectors").asText(), TOLERANCE);
      assertThat(embeddings.stream().map(Embedding::tokens).map(String::valueOf).toList())
          .isEqualTo(EncoderFixture.texts(expected.path("tokens")));
    }
  }

  @Test
  void theBuiltInEncoderGivesTheVectorsOfItsGraph() {
    // The graph as it is, without the runtime's changes; 8-bit products differ between processors.
    JsonNode expected = EncoderFixture.json(EncoderFixture.place("minilm.json"));
    ByteBuffer numbers =
        ByteBuffer.wrap(Base64.getDecoder().decode(expected.path("vectors").asText()))
            .order(ByteOrder.LITTLE_ENDIAN);
    try (OnnxEmbedder embedder = OnnxModels.open("minilm", "builtin:all-minilm-l6-v2")) {
      assertThat(embedder.dimensions()).isEqualTo(384);
      for (Embedding embedding : embedder.embed(EncoderFixture.texts(expected.path("texts")))) {
        float[] vector = new float[embedding.vector().length];
        numbers.asFloatBuffer().get(vector);
        numbers.position(numbers.position() + vector.length * Float.BYTES);
        assertThat(Embedding.cosine(embedding.vector(), vector)).isGreaterThan(.9999);
      }
      assertThat(numbers.hasRemaining()).isFalse();
    }
  }

  @Test
  void whatMeansTheSameLiesNearer() {
    try (Embedder embedder = OnnxModels.open("minilm", "builtin:all-minilm-l6-v2")) {
      List<float[]> vectors =
          embedder
              .embed(
                  List.of(
                      "Tom is twice as old as Ann. Ann is 12. How old is Tom?",
                      "How old is Tom, if he is twice as old as Ann, who is 12?",
                      "A train drives 120 km at 80 km/h. How long does it take?"))
              .stream()
              .map(Embedding::vector)
              .toList();
      assertThat(Embedding.cosine(vectors.get(0), vectors.get(1))).isGreaterThan(.9);
      assertThat(Embedding.cosine(vectors.get(0), vectors.get(2))).isLessThan(.4);
    }
  }

  @Test
  void cosineSumsEveryNumber() {
    float[] first = new float[7];
    float[] second = new float[7];
    Arrays.fill(first, (float) (1 / Math.sqrt(7)));
    second[6] = 1;
    assertThat(Embedding.cosine(first, second)).isEqualTo((double) first[6]);
  }
}
