package dev.sluice.records.parquet;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapKeyValueTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/** The fields of a Parquet schema, named as in the rows that {@link RowMaterializer} makes. */
final class ParquetFields {
  private ParquetFields() {}

  static FileFields of(GroupType type) {
    Map<String, FileFields> fields = new LinkedHashMap<>();
    for (Type child : type.getFields()) {
      FileFields own = one(child);
      fields.put(
          child.getName(), child.isRepetition(Repetition.REPEATED) ? FileFields.list(own) : own);
    }
    return new FileFields(fields, false);
  }

  /** What is inside a field, or inside each of its items if it is repeated. */
  private static FileFields one(Type type) {
    if (type.isPrimitive()) {
      return FileFields.VALUE;
    }
    GroupType group = type.asGroupType();
    var annotation = group.getLogicalTypeAnnotation();
    if (group.getFieldCount() != 1 || !group.getType(0).isRepetition(Repetition.REPEATED)) {
      return of(group);
    }
    Type repeated = group.getType(0);
    if (annotation instanceof ListLogicalTypeAnnotation) {
      return FileFields.list(
          RowMaterializer.isWrapped(group, repeated)
              ? one(repeated.asGroupType().getType(0))
              : one(repeated));
    }
    return annotation instanceof MapLogicalTypeAnnotation
            || annotation instanceof MapKeyValueTypeAnnotation
        ? FileFields.MAP
        : of(group);
  }
}
