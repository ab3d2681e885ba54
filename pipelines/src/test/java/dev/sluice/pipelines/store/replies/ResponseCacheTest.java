package dev.sluice.pipelines.store.replies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.models.Flaw;
import dev.sluice.models.openai.Replies;
import dev.sluice.models.openai.wire.Reply;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.pipelines.store.Workspace;
import dev.sluice.pipelines.store.gc.GarbageCollector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replies outlive their process, and what was half written is none. */
final class ResponseCacheTest {
  private static final int COUNT = 40;

  private static Reply reply(int i) {
    return new Reply(
        "text \"" + i + "\"\n\u00e9",
        "thought " + i,
        i % 2 == 0,
        i,
        2 * i,
        List.of("a", "b"),
        List.of(-0.5, -1e-9),
        i % 3 == 0 ? List.of(Flaw.OVERLONG, Flaw.UNPAIRED) : List.of());
  }

  private static Replies open(Path folder) {
    return new Process(folder).replies(Instant.EPOCH);
  }

  /** A process of its own: nothing in memory. */
  private record Process(Path folder) {
    Replies replies(Instant since) {
      return new ResponseCaches().of(Workspace.of(folder)).since(since);
    }
  }

  private static void fill(Path folder) {
    Replies replies = open(folder);
    List<CompletableFuture<Void>> kept = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      kept.add(replies.keep(Map.of("key" + i, reply(i))));
    }
    kept.forEach(CompletableFuture::join);
  }

  private static Path segment(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(ResponseCache.FOLDER))) {
      return files.findFirst().orElseThrow();
    }
  }

  @Test
  void isFoundByAnotherProcess(@TempDir Path folder) {
    fill(folder);
    Replies replies = open(folder);
    for (int i = 0; i < COUNT; i++) {
      assertThat(replies.find("key" + i)).contains(reply(i));
    }
    assertThat(replies.find("key" + COUNT)).isEmpty();
  }

  @Test
  void cutAnywhereItHoldsWhatWasWholeAndNoMore(@TempDir Path folder) throws IOException {
    fill(folder);
    Path segment = segment(folder);
    byte[] whole = Files.readAllBytes(segment);
    int before = 0;
    for (int length = 0; length <= whole.length; length += 97) {
      Files.write(segment, java.util.Arrays.copyOf(whole, length));
      Replies replies = open(folder);
      int found = 0;
      for (int i = 0; i < COUNT; i++) {
        Optional<Reply> there = replies.find("key" + i);
        found += there.isPresent() ? 1 : 0;
        there.ifPresent(reply -> assertThat(reply.text()).startsWith("text \""));
      }
      assertThat(found).isGreaterThanOrEqualTo(before);
      before = found;
    }
    Files.write(segment, whole);
    assertThat(open(folder).find("key" + (COUNT - 1))).contains(reply(COUNT - 1));
  }

  @Test
  void aFlippedByteIsNoReply(@TempDir Path folder) throws IOException {
    fill(folder);
    Path segment = segment(folder);
    byte[] whole = Files.readAllBytes(segment);
    for (int at = 0; at < whole.length; at += 211) {
      byte[] spoilt = whole.clone();
      spoilt[at] ^= 0x20;
      Files.write(segment, spoilt);
      Replies replies = open(folder);
      for (int i = 0; i < COUNT; i++) {
        Reply expected = reply(i);
        replies.find("key" + i).ifPresent(found -> assertThat(found).isEqualTo(expected));
      }
    }
  }

  @Test
  void olderRepliesAreNotFoundByARerunAndNewerOnesWin(@TempDir Path folder) {
    fill(folder);
    Instant later = Instant.now().plusSeconds(3600);
    Replies rerun = new Process(folder).replies(later);
    assertThat(rerun.find("key1")).isEmpty();
    Replies other = open(folder);
    other.keep(Map.of("key1", reply(7))).join();
    assertThat(other.find("key1")).contains(reply(7));
    assertThat(open(folder).find("key1")).contains(reply(7));
  }

  @Test
  void gcTellsItsSizeAndLetsOldOnesGo(@TempDir Path folder) throws IOException {
    fill(folder);
    long bytes = Files.size(segment(folder));
    GarbageCollector collector = ArtifactStore.open(folder).garbageCollector();
    GarbageCollector.Findings kept =
        collector.find(new GarbageCollector.Scope(List.of(), Set.of(), Optional.empty()));
    assertThat(kept.replyBytes()).isEqualTo(bytes);
    assertThat(kept.totals()).contains(new GarbageCollector.Removed("replies", 0, 0));
    GarbageCollector.Findings old =
        collector.find(
            new GarbageCollector.Scope(
                List.of(), Set.of(), Optional.empty(), Optional.of(Instant.now().plusSeconds(60))));
    assertThat(old.totals()).contains(new GarbageCollector.Removed("replies", 1, bytes));
    assertThat(collector.remove(old)).isTrue();
    assertThat(open(folder).find("key1")).isEmpty();
  }
}
