package dev.sluice.models.openai;

import java.util.ArrayList;
import java.util.List;

/**
 * Servers of one model. A request goes to the least busy one that lives; one that fails is taken
 * out until it answers again. If there is only one, or none lives, they are tried all the same. Not
 * safe for several threads.
 */
final class Servers {
  /** Failures in a row after which a server is taken out. */
  private static final int FAILURES = 5;

  private final List<Server> all = new ArrayList<>();
  private int last;

  /** One of them. */
  static final class Server {
    private final String url;
    private int inFlight;
    private int failures;
    private boolean out;
    private long pausedUntil;
    private boolean paused;

    private Server(String url) {
      this.url = url;
    }

    String url() {
      return url;
    }
  }

  Servers(List<String> urls) {
    urls.forEach(url -> all.add(new Server(url)));
  }

  /** Nanoseconds until a server takes a request; 0 if now. */
  long delay(long now) {
    long least = Long.MAX_VALUE;
    for (Server server : candidates()) {
      least = Math.min(least, server.paused ? Math.max(0, server.pausedUntil - now) : 0);
    }
    return least;
  }

  /** The server that the next request goes to; in turns among those that are equally busy. */
  Server take(long now) {
    List<Server> candidates = candidates();
    Server best = candidates.get(0);
    boolean found = false;
    for (int i = 0; i < candidates.size(); i++) {
      Server server = candidates.get((last + 1 + i) % candidates.size());
      boolean free = !server.paused || server.pausedUntil <= now;
      if (free && (!found || server.inFlight < best.inFlight)) {
        best = server;
        found = true;
      }
    }
    best.paused = best.paused && best.pausedUntil > now;
    best.inFlight++;
    last = candidates.indexOf(best);
    return best;
  }

  private List<Server> candidates() {
    List<Server> alive = all.stream().filter(server -> !server.out).toList();
    return alive.isEmpty() ? all : alive;
  }

  /** A request has come back. */
  void ended(Server server) {
    server.inFlight--;
  }

  /** It answered. */
  void works(Server server) {
    server.failures = 0;
    server.out = false;
  }

  /**
   * It failed.
   *
   * @param connected whether there was a connection at all
   * @return whether it is taken out by that
   */
  boolean fails(Server server, boolean connected) {
    server.failures++;
    boolean takenOut = !server.out && all.size() > 1 && (!connected || server.failures >= FAILURES);
    server.out |= takenOut;
    return takenOut;
  }

  /** It asks to be left alone until then. */
  void pause(Server server, long until) {
    server.pausedUntil = server.paused ? Math.max(server.pausedUntil, until) : until;
    server.paused = true;
  }

  /** Whether another one than this lives. */
  boolean othersLive(Server server) {
    return all.stream().anyMatch(other -> other != server && !other.out);
  }
}
