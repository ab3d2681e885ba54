package dev.sluice.pipelines.store.replies;

import dev.sluice.models.openai.Replies;
import dev.sluice.models.openai.wire.Reply;
import dev.sluice.pipelines.store.Attempt;
import dev.sluice.pipelines.store.Hosts;
import dev.sluice.pipelines.store.StoreException;
import dev.sluice.pipelines.store.StoredFile;
import dev.sluice.pipelines.store.Workspace;
import dev.sluice.records.json.Json;
import dev.sluice.records.json.JsonException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Replies of servers, kept for all runs of a workspace. Each process appends to segments of its
 * own: records with their length and a checksum, so that what was being written at a crash is no
 * record. A reply is synchronised to disk before it is used, many with one synchronisation. Safe
 * for many threads; one for each workspace in a process.
 */
public final class ResponseCache {
  /** Where segments lie. */
  public static final String FOLDER = "cache/responses";

  /** A new segment is begun after so many bytes, so that old ones can be removed. */
  private static final long FULL = 64L << 20;

  /** The same where each synchronisation brings the whole segment away. */
  private static final long FULL_WHERE_WHOLE = 1L << 20;

  private final Workspace workspace;
  private final Executor writer;
  private final Map<String, Place> index = new ConcurrentHashMap<>();
  private final Map<Path, Long> read = new HashMap<>();
  private final ConcurrentLinkedQueue<Pending> pending = new ConcurrentLinkedQueue<>();
  private @Nullable Segment own;

  /** Where a record lies, and when it was written. */
  private record Place(Path segment, long offset, long millis) {}

  /** A record: what JSON holds of it. */
  record Entry(String key, long millis, Reply reply) {}

  private record Pending(List<Entry> entries, CompletableFuture<Void> durable) {}

  /**
   * The replies of a workspace; none is read yet.
   *
   * @param writer one thread, which writes
   */
  ResponseCache(Workspace workspace, Executor writer) {
    this.workspace = workspace;
    this.writer = writer;
  }

  /**
   * Replies of which those written before a moment are not found.
   *
   * @param since such as the time at which a rerun was asked for
   */
  public Replies since(Instant since) {
    refresh();
    return new Replies() {
      @Override
      public Optional<Reply> find(String key) {
        return ResponseCache.this.find(key, since);
      }

      @Override
      public CompletableFuture<Void> keep(Map<String, Reply> replies) {
        return ResponseCache.this.keep(replies, since);
      }
    };
  }

  /** When the last of the replies was written; empty if there is none. */
  public Optional<Instant> latest() {
    refresh();
    return index.values().stream().map(Place::millis).max(Long::compare).map(Instant::ofEpochMilli);
  }

  private Optional<Reply> find(String key, Instant since) {
    Place place = index.get(key);
    if (place == null || place.millis() < since.toEpochMilli()) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(place.segment())) {
      byte[] record = Segment.record(channel, place.offset());
      return record == null
          ? Optional.empty()
          : Optional.of(entry(record)).filter(entry -> entry.key().equals(key)).map(Entry::reply);
    } catch (IOException e) {
      // It was removed meanwhile, or cannot be read: then it is asked for anew.
      return Optional.empty();
    }
  }

  private CompletableFuture<Void> keep(Map<String, Reply> replies, Instant since) {
    long now = Math.max(System.currentTimeMillis(), since.toEpochMilli());
    List<Entry> entries = new ArrayList<>();
    replies.forEach(
        (key, reply) -> {
          Place before = index.get(key);
          // A later reply counts as later, although a clock was set back.
          long millis = before == null ? now : Math.max(now, before.millis() + 1);
          entries.add(new Entry(key, millis, reply));
        });
    Pending kept = new Pending(entries, new CompletableFuture<>());
    pending.add(kept);
    writer.execute(this::write);
    return kept.durable();
  }

  /** Writes all that waits, and synchronises once. */
  private void write() {
    List<Pending> batch = new ArrayList<>();
    for (Pending next = pending.poll(); next != null; next = pending.poll()) {
      batch.add(next);
    }
    if (batch.isEmpty()) {
      return;
    }
    try {
      Map<String, Place> places = append(batch);
      index.putAll(places);
      batch.forEach(each -> each.durable().complete(null));
    } catch (IOException e) {
      StoreException failure = StoreException.because("Keeping the replies of a server", e);
      batch.forEach(each -> each.durable().completeExceptionally(failure));
    }
  }

  private Map<String, Place> append(List<Pending> batch) throws IOException {
    Segment segment = own;
    if (segment == null || segment.full()) {
      if (segment != null) {
        segment.close();
      }
      workspace.prepare();
      Path folder = workspace.files().folder(FOLDER);
      String name =
          "%s-%d-%s".formatted(Hosts.name(), ProcessHandle.current().pid(), Attempt.token());
      segment =
          Segment.create(
              folder.resolve(name + Segment.SUFFIX),
              workspace.files().appends() ? FULL : FULL_WHERE_WHOLE);
      workspace.files().syncFolder(FOLDER);
      own = segment;
    }
    Map<String, Place> places = new HashMap<>();
    try {
      for (Pending each : batch) {
        for (Entry entry : each.entries()) {
          long offset = segment.append(Json.compact(entry).getBytes(StandardCharsets.UTF_8));
          places.put(entry.key(), new Place(segment.file(), offset, entry.millis()));
        }
      }
      segment.sync();
      if (!workspace.files().appends()) {
        workspace.files().sync(FOLDER + "/" + segment.file().getFileName());
      }
    } catch (IOException e) {
      // What follows a half-written record is not found, so the next batch begins a new segment.
      own = null;
      segment.close();
      throw e;
    }
    return places;
  }

  /** Reads what other processes have written since the last look. */
  private synchronized void refresh() {
    try {
      for (StoredFile there : workspace.files().tree(FOLDER)) {
        Path file = workspace.files().local(there.path());
        if (there.path().endsWith(Segment.SUFFIX)
            && there.bytes() > read.getOrDefault(file, 0L)
            && isHere(there, file)) {
          read.put(file, Segment.scan(file, read.getOrDefault(file, 0L), this::found));
        }
      }
    } catch (IOException e) {
      throw StoreException.because("Reading the kept replies of servers", e);
    }
  }

  /**
   * Brings a segment here, if it is not: segments only grow, and one that is longer here is being
   * written by a process of this machine, which nobody may replace.
   */
  private boolean isHere(StoredFile there, Path file) throws IOException {
    try {
      if (!Files.exists(file) || Files.size(file) < there.bytes()) {
        Path unused = workspace.files().fetch(there.path());
      }
      return true;
    } catch (NoSuchFileException e) {
      return false; // It was removed meanwhile.
    }
  }

  private void found(Path file, long offset, ByteBuffer record) {
    byte[] bytes = new byte[record.remaining()];
    record.get(bytes);
    Entry entry = entry(bytes);
    index.merge(
        entry.key(),
        new Place(file, offset, entry.millis()),
        (one, other) -> one.millis() > other.millis() ? one : other);
  }

  private static Entry entry(byte[] record) {
    try {
      return Json.read(new String(record, StandardCharsets.UTF_8), Entry.class);
    } catch (JsonException e) {
      // A record of another format, whole by its checksum: nobody asks for this key.
      return new Entry("", 0, new Reply("", "", true, 0, 0, List.of(), List.of()));
    }
  }
}
