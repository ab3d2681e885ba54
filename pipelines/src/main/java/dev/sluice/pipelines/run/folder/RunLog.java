package dev.sluice.pipelines.run.folder;

import dev.sluice.pipelines.store.WorkspacePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A run's own log. It is written locally first, for a remote workspace too, and published from time
 * to time.
 *
 * @param run the run's folder
 */
record RunLog(WorkspacePath run) {

  private WorkspacePath file() {
    return run.resolve("log.txt");
  }

  /** The local file. */
  Path local() {
    return file().local();
  }

  /** Makes it ready: a machine that resumes another's run appends to what that one published. */
  void prepare() {
    try {
      Files.createDirectories(run.local());
      if (run.workspace().isRemote()) {
        byte[] published = file().read().orElse(new byte[0]);
        if (published.length > 0
            && (!Files.exists(local()) || Files.size(local()) < published.length)) {
          Files.write(local(), published);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The workspace %s cannot be written (%s). Choose another with --workspace DIR or SLUICE_WORKSPACE."
              .formatted(run.workspace(), e.getMessage()),
          e);
    }
  }

  /** Uploads what was written so far; nothing for a local workspace. */
  void publish() {
    RunFiles.publish(file());
  }
}
