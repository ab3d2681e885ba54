package dev.sluice.models.directory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The shape and the tokenizer of the models of the built-in arithmetic world. */
public final class TinyModel {
  private static final String TOKENIZER = "/dev/sluice/models/tiny/tokenizer.json";
  private static final int PAD = 0;
  private static final int END = 1;

  private TinyModel() {}

  /** Hidden 128, 3 layers, 4 heads, feed-forward 256, 28 characters: 0.50 M weights. */
  public static ModelDirectory directory() {
    return new ModelDirectory(
        new ModelConfig(
            Head.LANGUAGE_MODEL,
            128,
            3,
            4,
            4,
            32,
            256,
            1e-6,
            1000,
            false,
            28,
            256,
            List.of(END),
            PAD),
        tokenizer());
  }

  /** {@code tokenizer.json}: one token for each character. */
  public static byte[] tokenizer() {
    try (InputStream in = TinyModel.class.getResourceAsStream(TOKENIZER)) {
      if (in == null) {
        throw new IllegalStateException(TOKENIZER + " is missing on the class path.");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
