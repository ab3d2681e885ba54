package dev.sluice.pipelines.store;

import dev.sluice.records.json.NewerFormatException;
import dev.sluice.records.json.SealedJson;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * A sealed JSON file as it was found: absent, whole, or with a problem.
 *
 * @param content what it says; empty if it is absent or not whole
 * @param problem what is wrong with it, as the rest of a sentence; empty if nothing is
 */
record SealedFile<R extends Record>(Optional<R> content, Optional<String> problem) {

  /** Reads a file; nothing about it is thrown. */
  static <R extends Record> SealedFile<R> read(Workspace workspace, String path, Class<R> type) {
    FileStore files = workspace.files();
    try {
      if (files.size(path) < 0) {
        return files.isFolder(path) ? problem("is a folder, not a file") : absent();
      }
      byte[] json = files.read(path);
      Optional<R> content = SealedJson.read(json, path, type);
      return content.isPresent()
          ? new SealedFile<>(content, Optional.empty())
          : problem(
              json.length == 0 ? "is empty" : "is damaged: its content is not what was written");
    } catch (NoSuchFileException e) {
      return absent();
    } catch (NewerFormatException e) {
      return problem("was written by a newer program (" + e.getMessage() + ")");
    } catch (IOException e) {
      return problem("cannot be read (" + StoreException.reason(e) + ")");
    }
  }

  private static <R extends Record> SealedFile<R> absent() {
    return new SealedFile<>(Optional.empty(), Optional.empty());
  }

  private static <R extends Record> SealedFile<R> problem(String what) {
    return new SealedFile<>(Optional.empty(), Optional.of(what));
  }

  /** The same, unless what it says is not of this file. */
  SealedFile<R> unless(boolean other, String what) {
    return content.isPresent() && other ? problem(what) : this;
  }

  /** Whether there is nothing under the name. */
  boolean isAbsent() {
    return content.isEmpty() && problem.isEmpty();
  }
}
