package dev.sluice.methods.text;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Keeps what was made of the latest keys, so that configs may hold texts alone. Safe for several
 * threads.
 */
public final class Memo<K, V> {
  private final Map<K, V> kept;

  /**
   * @param most entries that are kept
   */
  public Memo(int most) {
    kept =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
          }
        };
  }

  /** What was made of a key, made now if it is not kept; two threads may both make it. */
  public V get(K key, Function<? super K, ? extends V> make) {
    synchronized (kept) {
      V known = kept.get(key);
      if (known != null) {
        return known;
      }
    }
    // Outside of the lock: others need not wait for what may take seconds.
    V made = make.apply(key);
    synchronized (kept) {
      V known = kept.putIfAbsent(key, made);
      return known == null ? made : known;
    }
  }
}
