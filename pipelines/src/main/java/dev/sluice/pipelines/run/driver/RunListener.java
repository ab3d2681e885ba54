package dev.sluice.pipelines.run.driver;

import dev.sluice.pipelines.run.folder.RunFolder;
import dev.sluice.pipelines.run.folder.RunProgress;
import dev.sluice.pipelines.run.folder.StageReport;
import dev.sluice.pipelines.run.folder.WaveProgress;

/**
 * Is told what a run does while it does it. Called by one thread at a time, but for {@link #saved}.
 */
public interface RunListener {

  /** A listener that does not listen. */
  RunListener NONE = new RunListener() {};

  /** A stage begins: the number-th of so many. */
  default void began(StageReport stage, int number, int of) {}

  /** A wave of units is so far; told about four times a second. */
  default void progress(WaveProgress progress) {}

  /** The same for the whole stage, with what remains. */
  default void progress(RunProgress progress) {}

  /** A stage ended: it ran, was reused, failed, or was stopped before its end. */
  default void ended(StageReport stage) {}

  /** Something that the person who runs this should see. */
  default void warning(String stage, String message) {}

  /**
   * The run's folder says something new: at the start, after each stage, with each heartbeat, at
   * the end. Called by any thread.
   */
  default void saved(RunFolder folder) {}

  /** Tells two listeners. */
  static RunListener both(RunListener first, RunListener second) {
    return new RunListener() {
      @Override
      public void began(StageReport stage, int number, int of) {
        first.began(stage, number, of);
        second.began(stage, number, of);
      }

      @Override
      public void progress(WaveProgress progress) {
        first.progress(progress);
        second.progress(progress);
      }

      @Override
      public void progress(RunProgress progress) {
        first.progress(progress);
        second.progress(progress);
      }

      @Override
      public void ended(StageReport stage) {
        first.ended(stage);
        second.ended(stage);
      }

      @Override
      public void warning(String stage, String message) {
        first.warning(stage, message);
        second.warning(stage, message);
      }

      @Override
      public void saved(RunFolder folder) {
        first.saved(folder);
        second.saved(folder);
      }
    };
  }
}
