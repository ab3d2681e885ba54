package dev.sluice.methods.text;

import org.jspecify.annotations.Nullable;

/** A rule by which a text repeats an earlier one. Texts are asked about and kept in their order. */
public interface Repeats {

  /**
   * The kept text that a text repeats.
   *
   * @param of its index; the one most like it, the first of equals
   * @param similarity how like
   */
  record Repeat(int of, double similarity) {}

  /** What the text of an index repeats; null if it may be kept. */
  @Nullable Repeat of(int index);

  /** Keeps the text of an index: later ones may repeat it. */
  void keep(int index);
}
