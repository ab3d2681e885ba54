package dev.sluice.pipelines.store;

/** A file whose content is not what its manifest or unit record says. It is never read. */
public final class DamagedFileException extends RuntimeException {
  private final Damage damage;

  /** Of a file of a workspace. */
  public DamagedFileException(Workspace workspace, Damage damage) {
    super(
        "The file %s is damaged: expected %s, found %s. It is not read; delete it and run again, and its content is recomputed."
            .formatted(workspace.file(damage.path()), damage.expected(), damage.actual()));
    this.damage = damage;
  }

  /** Which file, and how. */
  public Damage damage() {
    return damage;
  }
}
