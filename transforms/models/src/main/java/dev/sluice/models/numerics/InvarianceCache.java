package dev.sluice.models.numerics;

import dev.sluice.records.Hashes;
import dev.sluice.records.UserCache;
import dev.sluice.records.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Findings of checks, kept by what they depend on: in this process, and in the user's cache. */
public final class InvarianceCache {
  private static final Logger LOG = LoggerFactory.getLogger(InvarianceCache.class);

  private final Path folder;
  private final Map<String, Invariance> known = new ConcurrentHashMap<>();

  /** The user's. */
  public InvarianceCache() {
    this(UserCache.folder().resolve("numerics"));
  }

  InvarianceCache(Path folder) {
    this.folder = folder;
  }

  /**
   * The finding under a key, checked if it is not known.
   *
   * @param key what the finding depends on: engine, processor, kernels, shape of the model
   */
  public Invariance get(Map<String, String> key, Supplier<Invariance> check) {
    String name = Hashes.hex(Json.canonical(key));
    return known.computeIfAbsent(
        name,
        unused -> {
          Path file = folder.resolve(name.substring(0, 32) + ".json");
          return read(file)
              .orElseGet(
                  () -> {
                    Invariance found = check.get();
                    write(file, new Entry(key, found));
                    return found;
                  });
        });
  }

  /** Whether every model that was checked in this process is batch-invariant. */
  public boolean batchInvariant() {
    return known.values().stream().allMatch(Invariance::batchInvariant);
  }

  /** A file's content; the key is there for people. */
  record Entry(Map<String, String> key, Invariance found) {}

  private static Optional<Invariance> read(Path file) {
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.read(Files.readString(file), Entry.class).found());
    } catch (IOException | RuntimeException e) {
      LOG.debug("{} cannot be read and is made again.", file, e);
      return Optional.empty();
    }
  }

  private static void write(Path file, Entry entry) {
    try {
      Files.createDirectories(file.getParent());
      Path fresh = Files.createTempFile(file.getParent(), "check", ".tmp");
      Files.writeString(fresh, Json.pretty(entry));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.debug("{} cannot be written; the next process checks again.", file, e);
    }
  }
}
