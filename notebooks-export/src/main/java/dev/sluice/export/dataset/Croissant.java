package dev.sluice.export.dataset;

import dev.sluice.export.ExportManifest;
import dev.sluice.export.format.FileType;
import dev.sluice.records.json.Json;
import dev.sluice.records.parquet.TableColumn;
import dev.sluice.records.schema.FieldType;
import dev.sluice.records.schema.RecordSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The dataset's description as Croissant 1.1 (mlcommons/croissant, datasets/1.1): every file with
 * its hash, and a record set for each file of the first type, with the type of every column.
 */
final class Croissant {
  static final String FILE = "croissant.json";

  private static final Map<FileType, String> ENCODINGS =
      Map.of(
          FileType.PARQUET, "application/x-parquet",
          FileType.JSONL, "application/jsonlines",
          FileType.CSV, "text/csv");

  private Croissant() {}

  static String text(Dataset<?> dataset, String run, List<ExportManifest.File> files) {
    List<Object> distribution = new ArrayList<>();
    List<Object> recordSets = new ArrayList<>();
    String first = dataset.target().files().get(0).extension();
    for (ExportManifest.File file : files) {
      distribution.add(
          Json.object(
              "@type", "cr:FileObject",
              "@id", file.path(),
              "name", file.path(),
              "contentUrl", file.path(),
              "contentSize", file.bytes() + " B",
              "encodingFormat", encoding(file.path()),
              "sha256", file.sha256()));
      if (file.path().endsWith(first)) {
        String id = file.path().substring("data/".length()).replaceAll("\\.[a-z]+$", "");
        List<Object> fields = new ArrayList<>();
        for (TableColumn column : dataset.rows().columns()) {
          fields.add(field(id, column, file.path()));
        }
        recordSets.add(
            Json.object("@type", "cr:RecordSet", "@id", id, "name", id, "field", fields));
      }
    }
    return Json.pretty(
        Json.object(
            "@context",
            context(),
            "@type",
            "sc:Dataset",
            "name",
            dataset.format().replace('/', '-') + "-" + run,
            "description",
            dataset.doc(),
            "conformsTo",
            "http://mlcommons.org/croissant/1.1",
            "distribution",
            distribution,
            "recordSet",
            recordSets));
  }

  private static String encoding(String path) {
    for (FileType type : FileType.values()) {
      if (path.endsWith(type.extension())) {
        return Objects.requireNonNull(ENCODINGS.get(type));
      }
    }
    throw new IllegalArgumentException("An export has no file such as " + path);
  }

  private static Map<String, Object> field(String set, TableColumn column, String file) {
    Map<String, Object> field = new LinkedHashMap<>();
    field.put("@type", "cr:Field");
    field.put("@id", set + "/" + column.name());
    field.put("name", column.name());
    field.put("description", column.doc());
    FieldType type =
        column.typeText().equals("text") ? FieldType.Scalar.TEXT : column.field().type();
    addType(field, type, source(file, column.name()), "");
    field.put("source", source(file, column.name()));
    return field;
  }

  private static Map<String, @Nullable Object> source(String file, String column) {
    return Json.object(
        "fileObject", Json.object("@id", file), "extract", Json.object("column", column));
  }

  /**
   * The type of values; of a list that of its elements, of a record its fields'.
   *
   * @param source of the whole column
   * @param path of the values below the column, with dots
   */
  private static void addType(
      Map<String, Object> field,
      FieldType type,
      Map<String, @Nullable Object> source,
      String path) {
    if (type instanceof FieldType.Items items) {
      field.put("isArray", true);
      field.put("arrayShape", "-1");
      addType(field, items.item(), source, path);
    } else if (type instanceof FieldType.Block block) {
      List<Object> parts = new ArrayList<>();
      for (RecordSchema.Field part : RecordSchema.of(block.type()).fields()) {
        String below = path.isEmpty() ? part.name() : path + "." + part.name();
        Map<String, Object> sub = new LinkedHashMap<>();
        sub.put("@type", "cr:Field");
        sub.put("@id", field.get("@id") + "/" + part.name());
        sub.put("name", part.name());
        addType(sub, part.type(), source, below);
        Map<String, @Nullable Object> from = new LinkedHashMap<>(source);
        from.put("transform", Json.object("jsonPath", below));
        sub.put("source", from);
        parts.add(sub);
      }
      field.put("subField", parts);
    } else {
      field.put("dataType", scalar(type));
    }
  }

  private static String scalar(FieldType type) {
    if (type instanceof FieldType.Scalar scalar) {
      return switch (scalar) {
        case BOOLEAN -> "sc:Boolean";
        case INT, LONG -> "sc:Integer";
        case FLOAT, DOUBLE -> "sc:Float";
        default -> "sc:Text";
      };
    }
    return "sc:Text";
  }

  /** The names of the vocabulary, as the specification gives them. */
  private static Map<String, Object> context() {
    return Json.object(
        "@language", "en",
        "@vocab", "https://schema.org/",
        "arrayShape", "cr:arrayShape",
        "citeAs", "cr:citeAs",
        "column", "cr:column",
        "conformsTo", "dct:conformsTo",
        "containedIn", "cr:containedIn",
        "cr", "http://mlcommons.org/croissant/",
        "data", Json.object("@id", "cr:data", "@type", "@json"),
        "dataType", Json.object("@id", "cr:dataType", "@type", "@vocab"),
        "dct", "http://purl.org/dc/terms/",
        "equivalentProperty", "cr:equivalentProperty",
        "examples", Json.object("@id", "cr:examples", "@type", "@json"),
        "extract", "cr:extract",
        "field", "cr:field",
        "fileObject", "cr:fileObject",
        "fileProperty", "cr:fileProperty",
        "fileSet", "cr:fileSet",
        "format", "cr:format",
        "includes", "cr:includes",
        "isArray", "cr:isArray",
        "isLiveDataset", "cr:isLiveDataset",
        "jsonPath", "cr:jsonPath",
        "key", "cr:key",
        "md5", "cr:md5",
        "parentField", "cr:parentField",
        "path", "cr:path",
        "rai", "http://mlcommons.org/croissant/RAI/",
        "recordSet", "cr:recordSet",
        "references", "cr:references",
        "regex", "cr:regex",
        "repeated", "cr:repeated",
        "replace", "cr:replace",
        "samplingRate", "cr:samplingRate",
        "sc", "https://schema.org/",
        "separator", "cr:separator",
        "source", "cr:source",
        "subField", "cr:subField",
        "transform", "cr:transform");
  }
}
