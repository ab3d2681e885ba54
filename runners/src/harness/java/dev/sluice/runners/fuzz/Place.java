package dev.sluice.runners.fuzz;

import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where a process is, in memory that a file shares with the process that watches it: what it wrote
 * last stands there however it ends.
 */
final class Place {
  private static final int NUMBER = 0;
  private static final int ACCEPTED = 1;
  private static final int REFUSED = 2;
  private static final int FINDS = 3;
  private static final int MILLIS = 4;
  private static final int FIELDS = 5;

  private final LongBuffer fields;

  private Place(LongBuffer fields) {
    this.fields = fields;
  }

  static Place open(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new Place(channel.map(FileChannel.MapMode.READ_WRITE, 0, 8 * FIELDS).asLongBuffer());
    }
  }

  /** An input is about to be read. */
  void begin(long number) {
    fields.put(MILLIS, System.currentTimeMillis());
    fields.put(NUMBER, number);
  }

  void end(Trial trial) {
    int field = trial.fault() != null ? FINDS : trial.accepted() ? ACCEPTED : REFUSED;
    fields.put(field, fields.get(field) + 1);
    fields.put(MILLIS, 0);
  }

  /** The number of the input that is read or was read last. */
  long number() {
    return fields.get(NUMBER);
  }

  long accepted() {
    return fields.get(ACCEPTED);
  }

  long refused() {
    return fields.get(REFUSED);
  }

  long finds() {
    return fields.get(FINDS);
  }

  long done() {
    return accepted() + refused() + finds();
  }

  /** Seconds since the reading of the present input began; 0 between two. */
  double seconds() {
    long begun = fields.get(MILLIS);
    return begun == 0 ? 0 : (System.currentTimeMillis() - begun) / 1000.0;
  }
}
