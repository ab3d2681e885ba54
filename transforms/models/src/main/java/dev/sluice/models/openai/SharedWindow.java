package dev.sluice.models.openai;

import dev.sluice.models.openai.wire.Protocol;
import dev.sluice.models.openai.wire.Time;
import dev.sluice.models.openai.wire.Transport;
import dev.sluice.models.provider.OpenAiSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The window of a model in this process, and what was learned about its server. Shared by all that
 * have the model open; forgotten some seconds after the last one closed it, so that a key that is
 * refused is not tried again by a unit that begins at that moment.
 */
final class SharedWindow {
  private static final Map<Key, SharedWindow> OPEN = new HashMap<>();

  private static final Duration LINGER = Duration.ofSeconds(5);

  private final Key key;
  private final Window window;
  private final Protocol protocol;
  private int users;
  private volatile boolean oneByOne;
  private volatile boolean takesSchema = true;

  /** What makes windows different. */
  record Key(OpenAiSpec spec, int workers) {}

  private SharedWindow(Key key, Window window, Protocol protocol) {
    this.key = key;
    this.window = window;
    this.protocol = protocol;
  }

  /**
   * The window of a model; whoever takes it releases it.
   *
   * @param make a window over a transport, if there is none yet
   */
  static SharedWindow of(Key key, Transport transport, BiFunction<Key, Transport, Window> make) {
    synchronized (OPEN) {
      SharedWindow shared = OPEN.get(key);
      if (shared == null) {
        shared = new SharedWindow(key, make.apply(key, transport), transport.protocol());
        OPEN.put(key, shared);
      }
      shared.users++;
      return shared;
    }
  }

  /** Room in the window of a model; all of it if nobody has it open. */
  static int room(Key key) {
    SharedWindow shared;
    synchronized (OPEN) {
      shared = OPEN.get(key);
    }
    return shared == null ? key.spec().maxInFlight() : shared.window.room();
  }

  void release() {
    synchronized (OPEN) {
      users--;
      if (users == 0) {
        Time.REAL.after(LINGER, this::forget);
      }
    }
  }

  private void forget() {
    synchronized (OPEN) {
      if (users == 0) {
        boolean unused = OPEN.remove(key, this);
      }
    }
  }

  Window window() {
    return window;
  }

  Protocol protocol() {
    return protocol;
  }

  /** Whether the server gives one sample a request. */
  boolean oneByOne() {
    return oneByOne;
  }

  /** Whether the server is told of the schema of a reply. */
  boolean takesSchema() {
    return takesSchema;
  }

  /** The server refuses a request that tells of a schema, and takes it without. */
  void learnWithoutSchema() {
    takesSchema = false;
    protocol.warnOfSchema();
  }

  void learnOneByOne() {
    oneByOne = true;
  }
}
