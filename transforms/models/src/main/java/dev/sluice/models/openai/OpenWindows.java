package dev.sluice.models.openai;

import dev.sluice.models.openai.wire.Time;
import dev.sluice.models.openai.wire.Transport;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The windows that one process has open. A window is forgotten some seconds after the last one who
 * has it closed it, so that a key that is refused is not tried again by a unit that begins at that
 * moment.
 */
final class OpenWindows {
  private static final Duration LINGER = Duration.ofSeconds(5);

  private final Map<SharedWindow.Key, Entry> open = new HashMap<>();
  private final Time time;

  /**
   * None yet.
   *
   * @param time the clock on the wall, by which windows are forgotten
   */
  OpenWindows(Time time) {
    this.time = time;
  }

  private static final class Entry {
    final SharedWindow window;
    int users;

    Entry(SharedWindow window) {
      this.window = window;
    }
  }

  /**
   * The window of a model; who takes it releases it.
   *
   * @param make a window over a transport, if there is none yet
   */
  synchronized SharedWindow take(
      SharedWindow.Key key,
      Transport transport,
      BiFunction<SharedWindow.Key, Transport, Window> make) {
    Entry entry = open.get(key);
    if (entry == null) {
      entry =
          new Entry(new SharedWindow(this, key, make.apply(key, transport), transport.protocol()));
      open.put(key, entry);
    }
    entry.users++;
    return entry.window;
  }

  /** Room in the window of a model; all of it if nobody has it open. */
  int room(SharedWindow.Key key) {
    Entry entry;
    synchronized (this) {
      entry = open.get(key);
    }
    return entry == null ? key.spec().maxInFlight() : entry.window.window().room();
  }

  synchronized void release(SharedWindow window) {
    Entry entry = open.get(window.key());
    if (entry != null && entry.window == window) {
      entry.users--;
      if (entry.users == 0) {
        time.after(LINGER, () -> forget(window.key(), entry));
      }
    }
  }

  private synchronized void forget(SharedWindow.Key key, Entry entry) {
    if (entry.users == 0) {
      boolean unused = open.remove(key, entry);
    }
  }
}
