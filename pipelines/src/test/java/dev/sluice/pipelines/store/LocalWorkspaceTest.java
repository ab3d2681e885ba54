package dev.sluice.pipelines.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class LocalWorkspaceTest extends WorkspaceContract {
  private final Path folder;

  LocalWorkspaceTest(@TempDir Path folder) {
    this.folder = folder.resolve("ws");
  }

  @Override
  Workspace here() {
    return Workspace.of(folder);
  }

  @Override
  Workspace there() {
    return Workspace.at(folder.resolveSibling("./ws").toString());
  }

  @Override
  void damage(String path) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(path));
    bytes[bytes.length / 2] ^= 1;
    Files.write(folder.resolve(path), bytes);
  }

  @Override
  void later() {}
}
