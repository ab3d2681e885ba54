package dev.sluice.pipelines.file.check;

import dev.sluice.pipelines.file.BaseFolders;
import dev.sluice.pipelines.file.yaml.Findings;
import dev.sluice.records.config.Key;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Looks at the files and directories that configs name, before any work begins. */
public final class PathCheck {
  private final BaseFolders folders;
  private final Findings findings;

  public PathCheck(BaseFolders folders, Findings findings) {
    this.folders = folders;
    this.findings = findings;
  }

  /** Whether everything is there and readable; what is not is among the findings. */
  public boolean look(List<Reference> mentions) {
    int before = findings.count();
    for (Reference mention : mentions) {
      if (mention.refersTo().equals(Key.FILE)) {
        look(mention, false);
      } else if (mention.refersTo().equals(Key.DIRECTORY) && !mention.name().contains(":")) {
        look(mention, true);
      }
    }
    return findings.count() == before;
  }

  private void look(Reference mention, boolean directory) {
    Path path;
    try {
      path = Path.of(mention.name());
    } catch (InvalidPathException e) {
      findings.mistake(mention.node(), "is not a path: " + e.getReason());
      return;
    }
    String kind = directory ? "directory" : "file";
    if (!Files.exists(path)) {
      findings.mistake(
          mention.node(),
          "there is no %s %s".formatted(kind, folders.missed(mention.name(), mention.node())));
    } else if (directory != Files.isDirectory(path)) {
      findings.mistake(
          mention.node(),
          directory
              ? "'%s' is a file; name the directory that holds the model".formatted(path)
              : "'%s' is a directory; name a file in it".formatted(path));
    } else if (!directory && !Files.isRegularFile(path)) {
      findings.mistake(
          mention.node(),
          "'%s' is a pipe, a socket or a device, and only regular files are read; copy its content into a file"
              .formatted(path));
    } else if (!Files.isReadable(path)) {
      findings.mistake(
          mention.node(),
          "the %s '%s' cannot be read by this user; check its permissions".formatted(kind, path));
    }
  }
}
