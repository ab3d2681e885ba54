package dev.sluice.records.manifest;

import dev.sluice.records.Hashes;
import dev.sluice.records.Metric;
import dev.sluice.records.PathSegment;
import dev.sluice.records.json.SealedJson;
import dev.sluice.records.parquet.RowDigest;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an artifact is made of and came from: one attempt at one stage. It is written last and is
 * the commit; readers read only what it lists.
 *
 * @param formatVersion version of the format on disk
 * @param stageType type of the stage, such as {@code VerifySolutions}
 * @param behaviourVersion version of the stage type's behaviour
 * @param stage name of the stage in the file that ran it; no part of its identity
 * @param fingerprint hash of everything that decides the rows
 * @param ownPart the part of the fingerprint that is the stage's own, without its inputs
 * @param attempt name of the attempt, which is the name of its folder
 * @param table name of the primary table; null for a stage whose primary output is a folder
 * @param config the config, without keys that decide only speed or place
 * @param seed the run's seed
 * @param inputs what each port read
 * @param models content hash or revision of each model that it read, by name
 * @param shards the files of its tables, each table's in order; places relative to the workspace
 * @param model the model, or the folder of files, that it left; null if none
 * @param counts the account of its rows
 * @param usage what its calls to models used
 * @param metrics each metric once, with its final value
 * @param referenceFree whether no label or reward rests on a reference or a grading program
 * @param warnings what the stage warned of
 * @param versions versions of what ran it: {@code sluice}, {@code java}, {@code engine}
 * @param computedOn what computed the models of its units, each once; empty if none computed in a
 *     process of the run
 * @param started when the attempt began, as an ISO instant in UTC
 * @param finished when it was committed, as an ISO instant in UTC
 * @param seconds how long it worked
 * @param units its units of work, in order
 * @param askedAgain what was asked again and what taken over, of a rerun of some rows alone; null
 *     if all rows are of this attempt
 */
public record Manifest(
    int formatVersion,
    String stageType,
    int behaviourVersion,
    String stage,
    String fingerprint,
    String ownPart,
    String attempt,
    @Nullable String table,
    Map<String, Object> config,
    long seed,
    Map<String, Input> inputs,
    Map<String, String> models,
    List<ShardFile> shards,
    @Nullable ModelFolder model,
    Counts counts,
    Usage usage,
    List<Metric> metrics,
    boolean referenceFree,
    List<String> warnings,
    Map<String, String> versions,
    List<Numerics> computedOn,
    String started,
    String finished,
    double seconds,
    List<UnitEntry> units,
    @Nullable RetriedRows askedAgain) {

  public Manifest {
    shards = List.copyOf(shards);
    metrics = List.copyOf(metrics);
    warnings = List.copyOf(warnings);
    // Manifests of before did not say.
    computedOn = computedOn == null ? List.of() : List.copyOf(computedOn);
    units = List.copyOf(units);
  }

  /**
   * What a port read.
   *
   * @param stageType type of the stage that wrote it
   * @param fingerprint fingerprint of the artifact
   * @param attempt attempt of the artifact
   * @param table name of the table
   * @param digest digest of the table's rows
   */
  public record Input(
      String stageType, String fingerprint, String attempt, String table, String digest)
      implements Serializable {

    public Input {
      PathSegment.require("stage type", stageType);
      PathSegment.require("fingerprint", fingerprint);
      PathSegment.require("attempt", attempt);
    }
  }

  /**
   * One unit of work.
   *
   * @param name name of the unit
   * @param key key under which the finished unit is found again
   * @param seconds how long it worked
   * @param reused whether it had been finished before this attempt
   */
  public record UnitEntry(String name, String key, double seconds, boolean reused) {

    public UnitEntry {
      PathSegment.require("unit key", key);
    }
  }

  /** The files of a table, in order. */
  public List<ShardFile> shards(String name) {
    return shards.stream().filter(shard -> shard.table().equals(name)).toList();
  }

  /** Number of rows of a table. */
  public long rows(String name) {
    return shards(name).stream().mapToLong(ShardFile::rows).sum();
  }

  /** Number of rows of the primary table or of the dataset; 1 if that is a model. */
  public long rows() {
    if (table != null) {
      return rows(table);
    }
    return model != null && model.isDataset() ? counts.out() : 1;
  }

  /** Digest of a table's rows, as text; independent of their order and of the cut into files. */
  public String digest(String name) {
    return rowDigest(name).toString();
  }

  /** Digest of all tables and of the model: 64 hexadecimal digits. */
  public String digest() {
    List<Object> parts = new ArrayList<>(List.of("artifact"));
    Map<String, RowDigest> tables = new TreeMap<>();
    shards.forEach(shard -> tables.computeIfAbsent(shard.table(), this::rowDigest));
    tables.forEach(
        (name, digest) -> {
          // A table without rows is no different from one that was never written.
          if (digest.rows() > 0) {
            parts.add(name);
            parts.add(digest);
          }
        });
    if (model != null) {
      parts.add("model");
      parts.add(model.digest());
    }
    return Hashes.hex(parts.toArray());
  }

  private RowDigest rowDigest(String name) {
    return RowDigest.sum(
        shards(name).stream().map(shard -> RowDigest.parse(shard.digest())).toList());
  }

  /** The manifest as JSON with its own hash: the content of {@code manifest.json}. */
  public String toJson() {
    return SealedJson.write(this);
  }

  /** Reads a manifest, as {@link SealedJson#read}: an unreadable one is none. */
  public static Optional<Manifest> read(byte[] json, String where) {
    return SealedJson.read(json, where, Manifest.class);
  }
}
