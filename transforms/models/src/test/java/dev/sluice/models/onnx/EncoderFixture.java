package dev.sluice.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.models.Embedding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What {@code encoders.py} made. */
final class EncoderFixture {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EncoderFixture() {}

  static Path place(String name) {
    URL url = EncoderFixture.class.getResource("/dev/sluice/models/encoders/" + name);
    try {
      return Path.of(Objects.requireNonNull(url, name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A copy of a folder, to be changed. */
  static Path copy(String name, Path to) throws IOException {
    Path from = place(name);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        Files.copy(file, target);
      }
    }
    return to;
  }

  static JsonNode json(Path file) {
    try {
      return JSON.readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    node.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  /** Vectors one after another, as base64 of little-endian numbers of 32 bits. */
  static void assertVectors(List<Embedding> actual, String expected, double tolerance) {
    ByteBuffer numbers =
        ByteBuffer.wrap(Base64.getDecoder().decode(expected)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(numbers.remaining() / Float.BYTES)
        .isEqualTo(actual.stream().mapToInt(each -> each.vector().length).sum());
    for (Embedding embedding : actual) {
      for (float number : embedding.vector()) {
        assertThat((double) number).isCloseTo(numbers.getFloat(), within(tolerance));
      }
    }
  }
}
