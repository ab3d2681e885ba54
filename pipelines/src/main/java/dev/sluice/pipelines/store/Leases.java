package dev.sluice.pipelines.store;

import dev.sluice.records.PathSegment;
import dev.sluice.records.json.SealedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which units are at work, so that two processes share the work instead of doing it twice.
 * Nothing rests on it: two that take one lease at the same moment both work, and both results are
 * good. A lease whose process is gone is taken over at once on the same machine, elsewhere after
 * its time.
 */
public final class Leases {
  /** A lease that was not renewed for so long is free. */
  static final Duration TERM = Duration.ofSeconds(60);

  private static final Logger LOG = LoggerFactory.getLogger(Leases.class);
  private static final ProcessHandle PROCESS = ProcessHandle.current();

  private final Workspace workspace;
  private final HeldLeases held;

  /**
   * The leases of a workspace.
   *
   * @param held those of this process
   */
  Leases(Workspace workspace, HeldLeases held) {
    this.workspace = workspace;
    this.held = held;
  }

  /** A lease that this process has; closing gives it back. */
  public interface Taken extends AutoCloseable {
    @Override
    void close();
  }

  /** A lease of this process. */
  record Held(Leases leases, String path, Lease lease) implements Taken {
    /** Says that the process is at work; nothing once the lease was given back. */
    synchronized void renew() {
      if (leases.held.contains(lease.token())) {
        leases.write(path, lease.at(Instant.now()));
      }
    }

    @Override
    public synchronized void close() {
      leases.held.remove(lease.token());
      leases.giveBack(this);
    }
  }

  /**
   * Takes the lease of a unit.
   *
   * @param who what people call who takes it: the run's id
   * @return empty if somebody who lives has it
   */
  public Optional<Taken> take(String key, String who) {
    return take(key, who, Duration.ZERO);
  }

  /**
   * The same, with time for somebody who takes it at the same moment to be seen.
   *
   * @param settle how long to wait between writing the lease and reading it again
   */
  public Optional<Taken> take(String key, String who, Duration settle) {
    if (holder(key).isPresent()) {
      return Optional.empty();
    }
    Lease lease =
        new Lease(
            SealedJson.FORMAT_VERSION,
            Attempt.token() + Attempt.token(),
            Hosts.name(),
            PROCESS.pid(),
            began(PROCESS),
            Instant.now().toString(),
            who);
    String path = path(key);
    Held taken = new Held(this, path, lease);
    held.add(taken);
    write(path, lease);
    settle(settle);
    if (read(path).map(Lease::token).filter(lease.token()::equals).isEmpty()) {
      // Somebody took it at the same moment and was the last to write; or nothing can be written.
      if (holder(key).isPresent()) {
        held.remove(lease.token());
        return Optional.empty();
      }
    }
    return Optional.of(taken);
  }

  private static void settle(Duration pause) {
    try {
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Who else, or which other part of this process, is at work on a unit; empty if nobody is. */
  public Optional<String> holder(String key) {
    return read(path(key)).filter(lease -> alive(lease, Instant.now())).map(Lease::sentence);
  }

  /** Units that somebody who lives is at work on: who it is, by key. */
  public Map<String, String> atWork() {
    Map<String, String> holders = new TreeMap<>();
    try {
      for (StoredFile file : workspace.files().tree("leases")) {
        read(file.path())
            .filter(lease -> alive(lease, Instant.now()))
            .ifPresent(lease -> holders.put(key(file), lease.who()));
      }
    } catch (IOException e) {
      throw StoreException.because("Looking for who is at work", e);
    }
    return holders;
  }

  private static String key(StoredFile lease) {
    String name = lease.name();
    return name.endsWith(".json") ? name.substring(0, name.length() - 5) : name;
  }

  boolean alive(Lease lease, Instant now) {
    try {
      if (Instant.parse(lease.renewed()).plus(TERM).isBefore(now)) {
        return false;
      }
    } catch (DateTimeParseException e) {
      return false;
    }
    if (!lease.host().equals(Hosts.name())) {
      return true;
    }
    if (lease.pid() == PROCESS.pid()) {
      return held.contains(lease.token());
    }
    // The number of a process that ended may have gone to another one.
    return ProcessHandle.of(lease.pid())
        .filter(process -> lease.began().isEmpty() || lease.began().equals(began(process)))
        .isPresent();
  }

  private static String began(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }

  private static String path(String key) {
    PathSegment.require("unit key", key);
    return "leases/" + key.substring(0, Math.min(2, key.length())) + "/" + key + ".json";
  }

  private Optional<Lease> read(String path) {
    try {
      return workspace.readIfThere(path).flatMap(json -> SealedJson.read(json, path, Lease.class));
    } catch (StoreException e) {
      LOG.debug("The lease {} cannot be read.", path, e);
      return Optional.empty();
    }
  }

  private void write(String path, Lease lease) {
    try {
      workspace.files().write(path, SealedJson.write(lease).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // Without a lease the work may be done twice, which is no harm.
      LOG.debug("The lease {} cannot be written.", path, e);
    }
  }

  private void giveBack(Held given) {
    if (read(given.path()).map(Lease::token).filter(given.lease().token()::equals).isPresent()) {
      try {
        workspace.files().deleteFiles(List.of(given.path()));
      } catch (IOException e) {
        LOG.debug("The lease {} cannot be removed; it ends by itself.", given.path(), e);
      }
    }
  }
}
