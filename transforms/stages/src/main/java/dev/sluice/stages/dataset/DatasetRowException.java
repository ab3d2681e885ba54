package dev.sluice.stages.dataset;

/** Why a row of a dataset cannot be used: it becomes a dead letter, and the other rows are read. */
public final class DatasetRowException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The class of a row that lacks something. */
  public static final String MISSING = "missing";

  /** The class of a row that contradicts itself or its dataset. */
  public static final String INVALID = "invalid";

  private final String errorClass;

  private DatasetRowException(String errorClass, String what) {
    super(what);
    this.errorClass = errorClass;
  }

  /**
   * A row that lacks something.
   *
   * @param what what it lacks, to follow "line 3", such as {@code has no text in column 'prompt'}
   */
  public static DatasetRowException missing(String what) {
    return new DatasetRowException(MISSING, what);
  }

  /**
   * A row that contradicts itself or its dataset.
   *
   * @param what the contradiction, to follow "line 3"
   */
  public static DatasetRowException invalid(String what) {
    return new DatasetRowException(INVALID, what);
  }

  /** A short, stable name of the kind of fault: the class of the dead letter. */
  public String errorClass() {
    return errorClass;
  }

  /** What the row has or lacks, to follow "line 3". */
  public String what() {
    return String.valueOf(getMessage());
  }
}
