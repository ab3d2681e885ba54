package dev.sluice.pipelines.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a real server, which {@code ./dev remote} starts. */
final class S3WorkspaceIT extends WorkspaceContract {
  private final Path folder;
  private final String address;

  S3WorkspaceIT(@TempDir Path folder) {
    this.folder = folder;
    String bucket = System.getProperty("sluice.remote");
    if (bucket == null || bucket.isBlank()) {
      throw new IllegalStateException(
          "The system property sluice.remote names no bucket, such as s3://sluice; './dev remote' starts a server with one.");
    }
    this.address = bucket + "/" + UUID.randomUUID();
  }

  @Override
  Workspace here() {
    return Workspace.at(address, folder.resolve("here"));
  }

  @Override
  Workspace there() {
    return Workspace.at(address, folder.resolve("there"));
  }

  @Override
  void damage(String path) throws IOException {
    FileStore files = here().files();
    byte[] bytes = files.read(path);
    bytes[bytes.length / 2] ^= 1;
    files.write(path, bytes);
  }

  @Override
  void later() {}
}
