package dev.sluice.models.djl;

import dev.sluice.models.Precision;
import dev.sluice.models.directory.ModelDirectory;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Loaded models by content hash: one per hash, shared by all who ask for it. Keeps a bounded number
 * of models that nobody uses, those used last; closes the others. A model in use is never closed.
 */
final class ModelCache implements AutoCloseable {
  private final int capacity;

  /** In the order of last use. */
  private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * An empty cache.
   *
   * @param capacity most models in memory, as far as they are not in use
   */
  ModelCache(int capacity) {
    this.capacity = capacity;
  }

  private record Key(String revision, Precision precision) {}

  private static final class Entry {
    final LoadedModel model;
    int users;

    Entry(LoadedModel model) {
      this.model = model;
    }
  }

  /** The right to use a model until it is closed; closing twice does nothing more. */
  final class Handle implements AutoCloseable {
    private final Entry entry;
    private boolean open = true;

    private Handle(Entry entry) {
      this.entry = entry;
    }

    LoadedModel model() {
      return entry.model;
    }

    @Override
    public void close() {
      synchronized (ModelCache.this) {
        if (open) {
          open = false;
          entry.users--;
          evict();
        }
      }
    }
  }

  /**
   * The model of a directory, loaded if need be. Others wait meanwhile, so that no model is loaded
   * twice.
   *
   * @param precision of the numbers in memory: the same model in two of them lies there twice
   * @throws dev.sluice.models.ModelException naming the file and what is wrong with it
   */
  synchronized Handle acquire(Path folder, Precision precision) {
    String revision = ModelDirectory.revision(folder);
    Key key = new Key(revision, precision);
    Entry entry = entries.get(key);
    if (entry == null) {
      entry = new Entry(new LoadedModel(folder, revision, precision));
      entries.put(key, entry);
    }
    entry.users++;
    evict();
    return new Handle(entry);
  }

  /** The model of a directory in numbers of 32 bits. */
  Handle acquire(Path folder) {
    return acquire(folder, Precision.FLOAT32);
  }

  /** Number of models in memory. */
  synchronized int size() {
    return entries.size();
  }

  private void evict() {
    Iterator<Entry> oldestFirst = entries.values().iterator();
    while (entries.size() > capacity && oldestFirst.hasNext()) {
      Entry entry = oldestFirst.next();
      if (entry.users == 0) {
        oldestFirst.remove();
        entry.model.close();
      }
    }
  }

  /** Closes all models that nobody uses. */
  @Override
  public synchronized void close() {
    Iterator<Entry> all = entries.values().iterator();
    while (all.hasNext()) {
      Entry entry = all.next();
      if (entry.users == 0) {
        all.remove();
        entry.model.close();
      }
    }
  }
}
