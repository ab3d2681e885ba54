package dev.sluice.pipelines.store;

/** A file whose content is not what its manifest or unit record says. It is never read. */
public final class DamagedFileException extends RuntimeException {
  private final Damage damage;

  DamagedFileException(Damage damage) {
    super(
        "The file %s is damaged: expected %s, found %s. It is not read; `sluice verify --repair` sets it aside, and the next run makes it again."
            .formatted(damage.path(), damage.expected(), damage.actual()));
    this.damage = damage;
  }

  /** Which file, and how. */
  public Damage damage() {
    return damage;
  }
}
