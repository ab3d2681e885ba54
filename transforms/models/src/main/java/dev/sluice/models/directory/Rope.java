package dev.sluice.models.directory;

import java.io.Serializable;
import java.util.Locale;

/**
 * How positions turn heads: the base of the rotary frequencies and how they are stretched for
 * contexts longer than those first trained on (linear: Chen et al., "Position Interpolation", 2023;
 * by wavelength: "The Llama 3 Herd of Models", 2024, as Hugging Face computes it).
 *
 * @param scaling kind of stretching
 * @param theta base of the frequencies
 * @param factor how far; 1 without scaling
 * @param lowFrequency of {@link Scaling#LLAMA3}: wavelengths above original / low are stretched in
 *     full
 * @param highFrequency of {@link Scaling#LLAMA3}: wavelengths below original / high stay
 * @param originalPositions of {@link Scaling#LLAMA3}: the context first trained on
 */
public record Rope(
    Scaling scaling,
    double theta,
    double factor,
    double lowFrequency,
    double highFrequency,
    int originalPositions)
    implements Serializable {

  /** Kinds of stretching, by their names in {@code config.json}. */
  public enum Scaling {
    DEFAULT,
    LINEAR,
    LLAMA3;

    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Frequencies as they come from the base. */
  static Rope plain(double theta) {
    return new Rope(Scaling.DEFAULT, theta, 1, 1, 1, 1);
  }

  /** All frequencies divided by the factor. */
  static Rope linear(double theta, double factor) {
    return new Rope(Scaling.LINEAR, theta, factor, 1, 1, 1);
  }

  /**
   * The stretched frequency of one that comes from the base.
   *
   * @param frequency radians a position
   */
  public double stretched(double frequency) {
    if (scaling == Scaling.DEFAULT) {
      return frequency;
    }
    if (scaling == Scaling.LINEAR) {
      return frequency / factor;
    }
    double wavelength = 2 * Math.PI / frequency;
    if (wavelength < originalPositions / highFrequency) {
      return frequency;
    }
    if (wavelength > originalPositions / lowFrequency) {
      return frequency / factor;
    }
    double smooth =
        (originalPositions / wavelength - lowFrequency) / (highFrequency - lowFrequency);
    return (1 - smooth) * frequency / factor + smooth * frequency;
  }
}
