package dev.sluice.export.dataset;

import dev.sluice.export.Split;
import dev.sluice.export.format.FileType;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names of an export's files: {@code data/sft-train.parquet}, or with shards {@code
 * data/sft-train/00000.parquet}, so that a pattern for one part never takes in another.
 *
 * @param out the export's folder
 * @param format the format's name
 * @param kind beginning of the files' names
 * @param types the types of the files, the first of which the loader takes
 * @param sharded number of files of a part; null for one file
 */
record DatasetLayout(
    Path out, String format, String kind, List<FileType> types, @Nullable Integer sharded) {

  /** Number of files of a part. */
  int shards() {
    return sharded == null ? 1 : sharded;
  }

  /** A part's file, relative to the export. */
  String file(Split.Part part, int shard, FileType type) {
    return sharded == null
        ? place(part, type)
        : String.format(Locale.ROOT, "%s/%05d%s", place(part, type), shard, type.extension());
  }

  /** A part's only file, or the folder of its files. */
  String place(Split.Part part, FileType type) {
    String name = "data/" + kind + "-" + part.name();
    if (sharded == null) {
      return name + type.extension();
    }
    return types.size() == 1 ? name : name + "-" + type.extension().substring(1);
  }

  /** Whether a file, relative to the export, is one of a part's files of a type. */
  boolean isOf(Split.Part part, FileType type, String path) {
    return sharded == null
        ? path.equals(place(part, type))
        : path.startsWith(place(part, type) + "/") && path.endsWith(type.extension());
  }

  /** What loads all files of a part: its file, or a pattern. */
  String pattern(Split.Part part, FileType type) {
    return sharded == null ? place(part, type) : place(part, type) + "/*" + type.extension();
  }

  /** The folders of the files of some parts, deepest first. */
  Set<Path> folders(List<Split.Part> parts) {
    Set<Path> folders = new LinkedHashSet<>();
    for (Split.Part part : parts) {
      for (FileType type : types) {
        if (sharded != null) {
          folders.add(out.resolve(place(part, type)));
        }
      }
    }
    folders.add(out.resolve("data"));
    return folders;
  }
}
