package dev.sluice.runners.cli.inspect;

import dev.sluice.pipelines.store.Artifact;
import dev.sluice.pipelines.store.ArtifactStore;
import dev.sluice.records.manifest.Manifest;
import dev.sluice.records.manifest.ShardFile;
import dev.sluice.records.parquet.ParquetRows;
import dev.sluice.records.parquet.Table;
import dev.sluice.records.parquet.Tables;
import dev.sluice.runners.cli.terminal.UserMistake;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A row's ancestors. A row's id is the first column of its table, and ids of its parents are
 * columns; the parents lie in what the row's artifact read.
 */
public final class Lineage {
  /** Columns that hold the id of a solution under another name. */
  private static final List<String> SOLUTIONS = List.of("chosen_id", "rejected_id");

  private static final int MAX_SHOWN = 5;

  private final ArtifactStore store;
  private final List<Link> links = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  public Lineage(ArtifactStore store) {
    this.store = store;
  }

  /**
   * One row on the way.
   *
   * @param artifact whose row it is
   * @param table its table
   * @param id its id
   * @param row its columns
   */
  public record Link(
      Artifact artifact, String table, String id, Map<String, @Nullable Object> row) {
    /** The column that holds the id. */
    String idColumn() {
      return Lineage.idColumn(table);
    }
  }

  /**
   * The row of an id in any table of an artifact, and all its ancestors; empty if it has none.
   *
   * @param id the id, or a beginning that only one row has
   */
  public List<Link> of(Artifact artifact, String id) {
    Set<String> tables = new LinkedHashSet<>();
    artifact.manifest().shards().forEach(shard -> tables.add(shard.table()));
    for (String table : tables) {
      String whole = whole(artifact, table, id);
      if (whole != null && add(artifact, table, whole)) {
        break;
      }
    }
    return List.copyOf(links);
  }

  /** The id itself if a row has it, else the only one that begins so; null if there is none. */
  private @Nullable String whole(Artifact artifact, String table, String id) {
    String column = idColumn(table);
    Set<String> begin = new TreeSet<>();
    for (ShardFile shard : artifact.shards(table)) {
      ParquetRows.forEach(
          store.file(shard),
          row -> {
            if (row.get(column) instanceof String text && text.startsWith(id)) {
              begin.add(text);
            }
            return !begin.contains(id) && begin.size() <= MAX_SHOWN;
          });
    }
    if (begin.contains(id)) {
      return id;
    }
    if (begin.size() > 1) {
      throw new UserMistake(
          "Several rows of the table '%s' have an id that begins with '%s': %s%s. Give more of it."
              .formatted(
                  table,
                  id,
                  String.join(", ", begin.stream().limit(MAX_SHOWN).toList()),
                  begin.size() > MAX_SHOWN ? ", ..." : ""));
    }
    return begin.isEmpty() ? null : begin.iterator().next();
  }

  private boolean add(Artifact artifact, String table, String id) {
    if (!seen.add(table + "/" + id)) {
      return true;
    }
    Map<String, @Nullable Object> row = row(artifact, table, id);
    if (row == null) {
      return false;
    }
    links.add(new Link(artifact, table, id, row));
    for (Map.Entry<String, Manifest.Input> input : artifact.manifest().inputs().entrySet()) {
      String parents = input.getValue().table();
      for (String parent : ids(row, idColumn(parents))) {
        boolean unused = add(store.origin(input.getValue()), parents, parent);
      }
    }
    return true;
  }

  /** The ids of rows of another table that a row names. */
  private static List<String> ids(Map<String, @Nullable Object> row, String column) {
    List<String> ids = new ArrayList<>();
    if (row.get(column) instanceof String id) {
      ids.add(id);
    }
    for (String other : column.equals("solution_id") ? SOLUTIONS : List.<String>of()) {
      if (row.get(other) instanceof String id) {
        ids.add(id);
      }
    }
    return ids;
  }

  /** The row of a whole id, or null. */
  @Nullable Map<String, @Nullable Object> row(Artifact artifact, String table, String id) {
    String column = idColumn(table);
    List<Map<String, @Nullable Object>> found = new ArrayList<>();
    for (ShardFile shard : artifact.shards(table)) {
      ParquetRows.forEach(
          store.file(shard),
          row -> {
            if (id.equals(row.get(column))) {
              found.add(new LinkedHashMap<>(row));
            }
            return found.isEmpty();
          });
      if (!found.isEmpty()) {
        return found.get(0);
      }
    }
    return null;
  }

  private static String idColumn(String table) {
    Table<?> known = Tables.named(table);
    return known.columns().get(0).name();
  }
}
