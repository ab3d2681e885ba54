package dev.sluice.pipelines.run.driver;

/** A unit that is left needs a model whose files are gone; the unit that made it is done again. */
final class ModelGoneException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String key;
  private final String path;

  ModelGoneException(String key, String path) {
    super("The model %s is gone.".formatted(path));
    this.key = key;
    this.path = path;
  }

  /** Key of the unit that made it. */
  String key() {
    return key;
  }

  /** Where it was. */
  String path() {
    return path;
  }
}
