package dev.sluice.pipelines.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A file or folder of a workspace, wherever the workspace is.
 *
 * @param workspace the workspace
 * @param path its path in the workspace, with slashes
 */
public record WorkspacePath(Workspace workspace, String path) {

  /** The place of a name below this folder. */
  public WorkspacePath resolve(String name) {
    return new WorkspacePath(workspace, path.isEmpty() ? name : path + "/" + name);
  }

  /** The last part of the path. */
  public String fileName() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private FileStore files() {
    return workspace.files();
  }

  /** Content of the file; empty if there is none. */
  public Optional<byte[]> read() throws IOException {
    return files().readIfThere(path);
  }

  /** Puts the file in place, whole; one that is there is replaced. */
  public void write(byte[] content) throws IOException {
    files().replace(path, content);
  }

  /** Adds to a file that this process alone writes. */
  public void append(byte[] content) throws IOException {
    files().append(path, content);
  }

  /** Whether there is a file. */
  public boolean exists() throws IOException {
    return files().size(path) >= 0;
  }

  /** Whether there is a folder. */
  public boolean isFolder() throws IOException {
    return files().isFolder(path);
  }

  /** Deletes the file; nothing if there is none. */
  public void delete() throws IOException {
    files().deleteFiles(List.of(path));
  }

  /** When the file was last written; empty if there is none. */
  public Optional<Instant> modified() throws IOException {
    return files().modified(path);
  }

  /** Names in the folder, sorted; empty if there is none. */
  public List<String> list() throws IOException {
    return files().list(path);
  }

  /** Uploads what was written to the local path, such as a log; nothing for a local workspace. */
  public void publish() throws IOException {
    files().publish(path);
  }

  /** The local path; for a remote workspace the path of the local copy. */
  public Path local() {
    return workspace.localFolder().resolve(path);
  }

  /** The name in messages. */
  @Override
  public String toString() {
    return path.isEmpty() ? workspace.name() : workspace.name() + "/" + path;
  }
}
