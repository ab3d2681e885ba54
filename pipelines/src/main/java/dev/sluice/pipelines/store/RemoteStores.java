package dev.sluice.pipelines.store;

import dev.sluice.records.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The file stores of the remote workspaces that a process uses, by the folder of local copies. */
public final class RemoteStores {
  private static final Pattern PATTERNS = Pattern.compile("[*?\\[\\]{}\\\\\\s]");

  private final Map<Path, BeamFileStore> known = new ConcurrentHashMap<>();
  private final Connectors connectors;

  /**
   * None yet.
   *
   * @param connectors the file systems on which workspaces lie
   */
  public RemoteStores(Connectors connectors) {
    this.connectors = connectors;
  }

  /**
   * The files of the workspace at an address; the file system is not asked for anything yet.
   *
   * @param caches the folder for local copies of remote files
   * @throws StoreException if it cannot be an address, or the copies cannot be kept
   */
  BeamFileStore of(String address, Path caches) {
    String place = address.replaceFirst("/+$", "");
    if (PATTERNS.matcher(place).find() || !Workspace.isAddress(place) || place.endsWith(":")) {
      throw StoreException.mistake(
          "'%s' cannot be the address of a workspace: it is SCHEME://PLACE/FOLDER, without blanks and without any of * ? [ ] { } \\."
              .formatted(address));
    }
    String scheme = place.substring(0, place.indexOf(':'));
    Path copies =
        caches
            .resolve(scheme + "-" + Hashes.hex("workspace", place).substring(0, 16))
            .toAbsolutePath()
            .normalize();
    try {
      Files.createDirectories(copies);
    } catch (IOException e) {
      throw StoreException.mistake(
          "The folder %s for copies of the workspace %s cannot be made (%s); name another with the environment variable SLUICE_CACHE."
              .formatted(copies, place, e.getMessage()));
    }
    return known.computeIfAbsent(copies, folder -> new BeamFileStore(place, folder, connectors));
  }
}
