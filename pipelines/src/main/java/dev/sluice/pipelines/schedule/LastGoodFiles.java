package dev.sluice.pipelines.schedule;

import dev.sluice.parts.Registry;
import dev.sluice.pipelines.file.Alert;
import dev.sluice.records.Hashes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last text of each scheduled file that had no mistake, below the workspace: of a file that was
 * broken since, it says whom to tell. The text is kept as it was written, so that a secret which
 * the file takes from the environment is not in it.
 */
public final class LastGoodFiles {
  private static final Logger LOG = LoggerFactory.getLogger(LastGoodFiles.class);

  private final Path folder;

  /** Those of a workspace. */
  public LastGoodFiles(Path workspace) {
    folder = workspace.resolve("serve").resolve("last-good");
  }

  /** Keeps the text of a file without mistakes. */
  public void keep(Path file, String text) {
    Path kept = kept(file);
    try {
      if (Files.exists(kept) && Files.readString(kept).equals(text)) {
        return;
      }
      Files.createDirectories(folder);
      Path temporary =
          kept.resolveSibling(kept.getFileName() + "." + ProcessHandle.current().pid());
      Files.writeString(temporary, text);
      Files.move(
          temporary, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      // Nothing is lost as long as the file itself is good; the next look tries again.
      LOG.warn("The scheduled file {} could not be kept.", file, e);
    }
  }

  /** The alerts of the last good text of a file; none if no text of it was kept. */
  public List<Alert> alerts(
      Path file, Instant now, Map<String, String> environment, Registry registry) {
    try {
      String text = Files.readString(kept(file), StandardCharsets.UTF_8);
      return ScheduledFile.load(file, text, now, environment, registry).alerts();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException | ScheduledFile.Unfit e) {
      LOG.warn(
          "The last good version of the scheduled file {} cannot be used: {}",
          file,
          e.getMessage());
      return List.of();
    }
  }

  private Path kept(Path file) {
    String path = file.toAbsolutePath().normalize().toString();
    return folder.resolve(Hashes.id("scheduled file", path) + ".yaml");
  }
}
