package dev.sluice.pipelines.schedule;

import dev.sluice.pipelines.file.Alert;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pipeline files that are scheduled, as they are now. */
public interface ScheduledFiles {

  /**
   * What there is at a path.
   *
   * @param file null if it cannot be scheduled
   * @param problem why not; null if it can
   * @param changed when the file last changed, as its file system says
   * @param alerts whom to tell of what: of a file that cannot be scheduled, as it last could
   */
  record Look(
      @Nullable ScheduledFile file, @Nullable String problem, Instant changed, List<Alert> alerts) {

    public Look {
      alerts = List.copyOf(alerts);
    }

    /** Of a file that can be scheduled, or of which nothing was kept. */
    public Look(@Nullable ScheduledFile file, @Nullable String problem, Instant changed) {
      this(file, problem, changed, file == null ? List.of() : file.alerts());
    }
  }

  /** Looks at a file; one that did not change is not read again. */
  Look look(String file);

  /**
   * What a schedule with {@code on_new_data} waits for, as a hash that changes with it.
   *
   * @param data a file pattern, or another pipeline's name
   */
  String data(String data);
}
