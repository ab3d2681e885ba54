package dev.sluice.pipelines.store;

import dev.sluice.records.PathSegment;
import dev.sluice.records.json.SealedJson;
import dev.sluice.records.manifest.Counts;
import dev.sluice.records.manifest.ModelFiles;
import dev.sluice.records.manifest.ModelFolder;
import dev.sluice.records.manifest.Numerics;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.manifest.Usage;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.TableWriter;
import dev.sluice.stages.UnitResult;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one try at a unit of work writes. Its files carry names that no other try uses, so that they
 * need no protection; they count once {@link #commit} has written the unit's record. Belongs to one
 * thread. Closing without a commit abandons it.
 */
public final class UnitOutput implements AutoCloseable {
  private final FileStore files;
  private final Attempt attempt;
  private final String key;
  private final String name;
  private final String prefix;
  private final Map<String, String> footer;
  private final Map<String, TableWriter<?>> writers = new LinkedHashMap<>();
  private @Nullable String model;
  private @Nullable String digest;
  private boolean done;

  UnitOutput(
      FileStore files, Attempt attempt, String key, String name, Map<String, String> footer) {
    this.files = files;
    this.attempt = attempt;
    this.key = key;
    this.name = name;
    PathSegment.require("unit name", name);
    this.prefix = attempt.folder() + "/" + name + "-" + Attempt.token();
    this.footer = new TreeMap<>(footer);
    this.footer.put("sluice.stage_type", attempt.stageType());
    this.footer.put("sluice.fingerprint", attempt.fingerprint());
    this.footer.put("sluice.attempt", attempt.name());
    this.footer.put("sluice.unit", name);
  }

  /** The writer of a table's rows: the same one at every call. The output closes it. */
  @SuppressWarnings("unchecked") // a table has one row type
  public <R extends Record> TableWriter<R> table(Table<R> table) {
    TableWriter<?> known = writers.get(table.name());
    if (known != null) {
      return (TableWriter<R>) known;
    }
    String path = path(table.name());
    try {
      TableWriter<R> writer =
          TableWriter.open(new Sentences(files.create(path), path), table, footer);
      writers.put(table.name(), writer);
      return writer;
    } catch (IOException e) {
      throw StoreException.because("Writing the file " + path, e);
    }
  }

  /** An empty folder for the model that the unit leaves. */
  public Path modelFolder() {
    return emptyFolder("model");
  }

  /** An empty folder for files that the unit leaves and that are no model. */
  public Path filesFolder() {
    return emptyFolder("files");
  }

  private Path emptyFolder(String kind) {
    String path = prefix + "-" + kind;
    try {
      Path folder = files.folder(path);
      model = path;
      return folder;
    } catch (IOException e) {
      throw StoreException.because("Creating the folder " + path, e);
    }
  }

  /** Says what the folder of files is known by. */
  public void folderDigest(String ofFiles) {
    digest = ofFiles;
  }

  /**
   * Makes everything durable, then writes the unit's record, which finishes it.
   *
   * @param values small results that the driver reads
   * @param computedOn what computed its models in this process
   * @param seconds how long the unit worked
   */
  public UnitResult commit(
      Counts counts,
      Usage usage,
      Map<String, Double> values,
      List<Numerics> computedOn,
      double seconds) {
    if (done) {
      throw new IllegalStateException("The unit '%s' has ended already.".formatted(name));
    }
    try {
      List<ShardFile> tables = tables();
      ModelFolder folder = model == null ? null : model(model);
      if (!tables.isEmpty() || folder != null) {
        // A unit that leaves values alone may be the first of its attempt: there is no folder yet.
        files.syncFolder(attempt.folder());
      }
      UnitResult result =
          new UnitResult(
              key, name, tables, folder, counts, usage, values, computedOn, seconds, false);
      files.write(
          UnitRecord.path(key),
          SealedJson.write(UnitRecord.of(attempt, result)).getBytes(StandardCharsets.UTF_8));
      done = true;
      return result;
    } catch (IOException e) {
      throw StoreException.because("Finishing the unit '%s'".formatted(name), e);
    }
  }

  /** Closes and deletes what was written. */
  public void abandon() {
    if (done) {
      return;
    }
    done = true;
    for (Map.Entry<String, TableWriter<?>> writer : writers.entrySet()) {
      try {
        writer.getValue().close();
      } catch (RuntimeException e) {
        // The disk may be full or the row half written: the file goes away all the same.
      }
      delete(path(writer.getKey()));
    }
    if (model != null) {
      delete(model);
    }
  }

  @Override
  public void close() {
    abandon();
  }

  private String path(String table) {
    return prefix + "-" + table + ".parquet";
  }

  private void delete(String path) {
    try {
      files.delete(path);
    } catch (IOException e) {
      // Nothing refers to it; the garbage collector takes it later.
    }
  }

  private List<ShardFile> tables() throws IOException {
    List<ShardFile> tables = new ArrayList<>();
    for (Map.Entry<String, TableWriter<?>> entry : writers.entrySet()) {
      TableWriter<?> writer = entry.getValue();
      String path = path(entry.getKey());
      writer.close();
      files.sync(path);
      tables.add(
          new ShardFile(
              entry.getKey(),
              path,
              writer.rows(),
              writer.bytes(),
              writer.sha256(),
              writer.digest().toString()));
    }
    return tables;
  }

  private ModelFolder model(String path) throws IOException {
    Path folder = files.local(path);
    List<Path> all;
    try (Stream<Path> found = Files.walk(folder)) {
      all = found.toList();
    }
    for (Path each : all) {
      String below = folder.relativize(each).toString().replace('\\', '/');
      String place = below.isEmpty() ? path : path + "/" + below;
      if (Files.isDirectory(each)) {
        files.syncFolder(place);
      } else {
        files.sync(place);
      }
    }
    return digest == null
        ? ModelFiles.describe(folder, path)
        : ModelFiles.list(folder, path, digest);
  }

  /** Says in a sentence why the disk takes no more, from within the writer of a table. */
  private static final class Sentences extends FilterOutputStream {
    private final String path;

    Sentences(OutputStream out, String path) {
      super(out);
      this.path = path;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      try {
        out.write(bytes, offset, length);
      } catch (IOException e) {
        throw StoreException.because("Writing the file " + path, e);
      }
    }
  }
}
