package dev.sluice.models.openai;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Requests and tokens of any minute that passes. Exact: it remembers what was begun in the last
 * minute. Not safe for several threads.
 */
public final class RateLimit {
  private static final long MINUTE = 60_000_000_000L;

  private final long mostRequests;
  private final long mostTokens;
  private final Deque<Entry> begun = new ArrayDeque<>();
  private long tokens;

  /** A request that was begun. */
  public static final class Entry {
    private final long at;
    private long tokens;
    private boolean counts = true;

    private Entry(long at, long tokens) {
      this.at = at;
      this.tokens = tokens;
    }
  }

  /**
   * With bounds for a minute.
   *
   * @param mostRequests {@link Long#MAX_VALUE} for no bound
   * @param mostTokens the same
   */
  public RateLimit(long mostRequests, long mostTokens) {
    this.mostRequests = mostRequests;
    this.mostTokens = mostTokens;
  }

  /** Nanoseconds until a request of so many tokens may begin; 0 if now. */
  public long delay(long now, long wanted) {
    while (!begun.isEmpty() && now - begun.peek().at >= MINUTE) {
      Entry past = begun.remove();
      past.counts = false;
      tokens -= past.tokens;
    }
    long left = tokens;
    int requests = begun.size();
    long until = 0;
    for (Entry each : begun) {
      // One that alone is more than a minute's share begins when nothing else was begun.
      if (requests < mostRequests && (left == 0 || left + wanted <= mostTokens)) {
        break;
      }
      left -= each.tokens;
      requests--;
      until = each.at + MINUTE - now;
    }
    return until;
  }

  /** A request begins. */
  public Entry begin(long now, long wanted) {
    Entry entry = new Entry(now, wanted);
    entry.counts = mostRequests < Long.MAX_VALUE || mostTokens < Long.MAX_VALUE;
    if (entry.counts) {
      begun.add(entry);
      tokens += wanted;
    }
    return entry;
  }

  /** What a request really used. */
  public void correct(Entry entry, long used) {
    if (entry.counts) {
      tokens += used - entry.tokens;
      entry.tokens = used;
    }
  }
}
