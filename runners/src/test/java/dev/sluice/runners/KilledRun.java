package dev.sluice.runners;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;

/** A run as a process that was killed leaves it. */
public final class KilledRun {
  private static final ObjectMapper JSON = new ObjectMapper();

  private KilledRun() {}

  /** Lets a run that has ended say that it was interrupted. */
  public static void leave(Path workspace, String id) throws IOException {
    Path file = workspace.resolve("runs").resolve(id).resolve("status.json");
    ObjectNode status = (ObjectNode) JSON.readTree(file.toFile());
    // A file without its hash is read as it is.
    status.remove("hash");
    JSON.writeValue(file.toFile(), status.put("state", "interrupted"));
  }
}
