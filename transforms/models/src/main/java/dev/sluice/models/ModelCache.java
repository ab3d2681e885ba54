package dev.sluice.models;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Loaded models: one for each key, shared by all who ask for it. Keeps a bounded number of models
 * that nobody uses, those used last; closes the others. A model in use is never closed.
 *
 * @param <M> what is kept
 */
public final class ModelCache<M> implements AutoCloseable {
  private final int capacity;
  private final Consumer<M> closer;

  /** In the order of last use. */
  private final Map<Object, Entry<M>> entries = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * An empty cache.
   *
   * @param capacity most models in memory, as far as they are not in use
   * @param closer frees what a model holds
   */
  public ModelCache(int capacity, Consumer<M> closer) {
    this.capacity = capacity;
    this.closer = closer;
  }

  private static final class Entry<M> {
    final M model;
    int users;

    Entry(M model) {
      this.model = model;
    }
  }

  /**
   * The right to use a model until it is closed; closing twice does nothing more.
   *
   * @param <M> the model
   */
  public static final class Handle<M> implements AutoCloseable {
    private final ModelCache<M> cache;
    private final Entry<M> entry;
    private boolean open = true;

    private Handle(ModelCache<M> cache, Entry<M> entry) {
      this.cache = cache;
      this.entry = entry;
    }

    public M model() {
      return entry.model;
    }

    @Override
    public void close() {
      synchronized (cache) {
        if (open) {
          open = false;
          entry.users--;
          cache.evict();
        }
      }
    }
  }

  /**
   * The model of a key, loaded if need be. Others wait meanwhile, so that no model is loaded twice.
   *
   * @param key of all that the model's results depend on, such as a content hash
   */
  public synchronized Handle<M> acquire(Object key, Supplier<M> loader) {
    Entry<M> entry = entries.get(key);
    if (entry == null) {
      entry = new Entry<>(loader.get());
      entries.put(key, entry);
    }
    entry.users++;
    evict();
    return new Handle<>(this, entry);
  }

  /** Number of models in memory. */
  public synchronized int size() {
    return entries.size();
  }

  private void evict() {
    Iterator<Entry<M>> oldestFirst = entries.values().iterator();
    while (entries.size() > capacity && oldestFirst.hasNext()) {
      remove(oldestFirst);
    }
  }

  private void remove(Iterator<Entry<M>> iterator) {
    Entry<M> entry = iterator.next();
    if (entry.users == 0) {
      iterator.remove();
      closer.accept(entry.model);
    }
  }

  /** Closes all models that nobody uses. */
  @Override
  public synchronized void close() {
    Iterator<Entry<M>> all = entries.values().iterator();
    while (all.hasNext()) {
      remove(all);
    }
  }
}
