package dev.sluice.pipelines.store;

import dev.sluice.records.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The mirrors that one process has, by their folder. */
public final class Mirrors {
  private static final Pattern PATTERNS = Pattern.compile("[*?\\[\\]{}\\\\\\s]");

  private final Map<Path, Mirror> known = new ConcurrentHashMap<>();
  private final Connectors connectors;

  /**
   * None yet.
   *
   * @param connectors the file systems on which workspaces lie
   */
  public Mirrors(Connectors connectors) {
    this.connectors = connectors;
  }

  /**
   * The mirror of the workspace at an address; the file system is not asked for anything yet.
   *
   * @param caches the folder that mirrors lie in
   * @throws StoreException if it cannot be an address, or the mirror cannot be made
   */
  Path of(String address, Path caches) {
    String place = address.replaceFirst("/+$", "");
    if (PATTERNS.matcher(place).find() || !Mirror.isAddress(place) || place.endsWith(":")) {
      throw StoreException.mistake(
          "'%s' cannot be the address of a workspace: it is SCHEME://PLACE/FOLDER, without blanks and without any of * ? [ ] { } \\."
              .formatted(address));
    }
    String scheme = place.substring(0, place.indexOf(':'));
    Path root =
        caches
            .resolve(scheme + "-" + Hashes.hex("workspace", place).substring(0, 16))
            .toAbsolutePath()
            .normalize();
    try {
      Files.createDirectories(root);
    } catch (IOException e) {
      throw StoreException.mistake(
          "The folder %s for copies of the workspace %s cannot be made (%s); name another with the environment variable SLUICE_CACHE."
              .formatted(root, place, e.getMessage()));
    }
    known.computeIfAbsent(root, folder -> new Mirror(place, folder, connectors));
    return root;
  }

  /** The mirror that a path lies in; empty for a path of a workspace on this machine. */
  Optional<Mirror> around(Path path) {
    if (known.isEmpty()) {
      return Optional.empty();
    }
    for (Path at = path.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
      Mirror mirror = known.get(at);
      if (mirror != null) {
        return Optional.of(mirror);
      }
    }
    return Optional.empty();
  }

  /** The operations on the workspace of a folder, wherever it is. */
  FileStore files(Path workspace) {
    Mirror mirror = known.isEmpty() ? null : known.get(workspace.toAbsolutePath().normalize());
    return mirror == null ? new LocalFileStore(workspace) : mirror.files();
  }
}
