package dev.sluice.pipelines.run;

/** Is told what a run does while it does it. Called by one thread at a time. */
public interface RunListener {

  /** A listener that does not listen. */
  RunListener NONE = new RunListener() {};

  /** A stage begins: the number-th of so many. */
  default void began(StageReport stage, int number, int of) {}

  /** A wave of units is so far; told about four times a second. */
  default void progress(WaveProgress progress) {}

  /** A stage ended: it ran, was reused or failed. */
  default void ended(StageReport stage) {}

  /** Something that the person who runs this should see. */
  default void warning(String stage, String message) {}
}
