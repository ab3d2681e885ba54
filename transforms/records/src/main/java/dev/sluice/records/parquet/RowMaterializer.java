package dev.sluice.records.parquet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapKeyValueTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;

/** Makes maps by column name of the rows of any schema. */
final class RowMaterializer extends RecordMaterializer<Map<String, @Nullable Object>> {
  private final Group root;

  RowMaterializer(MessageType schema) {
    this.root = new Group(schema, value -> {});
  }

  @Override
  public Map<String, @Nullable Object> getCurrentRecord() {
    return root.fields;
  }

  @Override
  public GroupConverter getRootConverter() {
    return root;
  }

  /**
   * Whether what is repeated in a list only wraps its item: the rules of the Parquet specification
   * for lists of older writers.
   */
  static boolean isWrapped(GroupType list, Type repeated) {
    return !repeated.isPrimitive()
        && repeated.asGroupType().getFieldCount() == 1
        && !repeated.asGroupType().getType(0).isRepetition(Repetition.REPEATED)
        && !repeated.getName().equals("array")
        && !repeated.getName().equals(list.getName() + "_tuple");
  }

  private static final class Group extends GroupConverter {
    private final GroupType type;
    private final Consumer<@Nullable Object> sink;
    private final List<Converter> children = new ArrayList<>();
    private Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    Group(GroupType type, Consumer<@Nullable Object> sink) {
      this.type = type;
      this.sink = sink;
      for (Type child : type.getFields()) {
        String name = child.getName();
        Consumer<@Nullable Object> field =
            child.isRepetition(Repetition.REPEATED)
                ? value -> elements(name).add(value)
                : value -> fields.put(name, value);
        children.add(
            child.isPrimitive()
                ? new ScalarConverter(child.asPrimitiveType(), field)
                : new Group(child.asGroupType(), field));
      }
    }

    @Override
    public Converter getConverter(int index) {
      return children.get(index);
    }

    @Override
    public void start() {
      fields = new LinkedHashMap<>();
      for (Type child : type.getFields()) {
        fields.put(
            child.getName(),
            child.isRepetition(Repetition.REPEATED) ? new ArrayList<@Nullable Object>() : null);
      }
    }

    @Override
    public void end() {
      sink.accept(finished());
    }

    @SuppressWarnings("unchecked")
    private List<@Nullable Object> elements(String name) {
      return (List<@Nullable Object>) Objects.requireNonNull(fields.get(name));
    }

    private Object finished() {
      var annotation = type.getLogicalTypeAnnotation();
      if (type.getFieldCount() != 1 || !type.getType(0).isRepetition(Repetition.REPEATED)) {
        return fields;
      }
      Type repeated = type.getType(0);
      if (annotation instanceof ListLogicalTypeAnnotation) {
        List<@Nullable Object> elements = elements(repeated.getName());
        return isWrapped(type, repeated) ? unwrapped(repeated.asGroupType(), elements) : elements;
      }
      if (annotation instanceof MapLogicalTypeAnnotation
          || annotation instanceof MapKeyValueTypeAnnotation) {
        return entries(repeated.asGroupType(), elements(repeated.getName()));
      }
      return fields;
    }

    private static List<@Nullable Object> unwrapped(
        GroupType wrapper, List<@Nullable Object> elements) {
      List<@Nullable Object> values = new ArrayList<>();
      for (Object element : elements) {
        values.add(((Map<?, ?>) element).get(wrapper.getFieldName(0)));
      }
      return values;
    }

    private static Map<String, @Nullable Object> entries(
        GroupType entry, List<@Nullable Object> elements) {
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      for (Object element : elements) {
        Map<?, ?> fields = (Map<?, ?>) element;
        values.put(
            String.valueOf(fields.get(entry.getFieldName(0))),
            entry.getFieldCount() < 2 ? null : fields.get(entry.getFieldName(1)));
      }
      return values;
    }
  }
}
