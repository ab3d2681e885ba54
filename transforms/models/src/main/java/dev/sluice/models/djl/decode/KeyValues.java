package dev.sluice.models.djl.decode;

/** The memory that keys and values take, known before anything is decoded. */
public final class KeyValues {
  /** Most bytes of one batch, unless its least rows need more. */
  static final long MAX_BYTES = 2L << 30;

  private KeyValues() {}

  /**
   * Rows that are decoded at once: those wanted, as far as memory allows. The number does not
   * change what a row says.
   *
   * @param places most tokens of a row
   */
  public static int rows(LoadedModel model, int places, int wanted) {
    long fit = MAX_BYTES / Math.max(1, places * model.decoder().cacheBytes());
    return (int) Math.max(model.rowGroup(), Math.min(wanted, fit));
  }
}
