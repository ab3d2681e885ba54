package dev.sluice.records.parquet;

import dev.sluice.records.json.SnakeCase;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** The columns of a record in the order of its canonical constructor. */
final class Columns<R extends Record> {
  private final List<Column<R>> list;
  private final Constructor<R> constructor;

  Columns(Class<R> type, List<Column<R>> list) {
    this.list = List.copyOf(list);
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] parameters = new Class<?>[components.length];
    List<String> names = new ArrayList<>();
    for (int i = 0; i < components.length; i++) {
      parameters[i] = components[i].getType();
      names.add(SnakeCase.of(components[i].getName()));
    }
    List<String> given = this.list.stream().map(Column::name).toList();
    if (!given.equals(names)) {
      throw new IllegalStateException(
          "The columns of %s are %s; they must be its components in order: %s."
              .formatted(type.getSimpleName(), given, names));
    }
    try {
      this.constructor = type.getDeclaredConstructor(parameters);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("Every record has its canonical constructor.", e);
    }
  }

  List<Column<R>> list() {
    return list;
  }

  List<Type> parquet() {
    List<Type> types = new ArrayList<>();
    list.forEach(column -> types.add(column.parquet()));
    return types;
  }

  void write(RecordConsumer out, R row) {
    for (int i = 0; i < list.size(); i++) {
      list.get(i).write(out, i, row);
    }
  }

  /** Columns that were added later come after all others, wherever they stand. */
  void digest(RowEncoder out, R row) {
    digest(out, row, false);
    digest(out, row, true);
  }

  private void digest(RowEncoder out, R row, boolean added) {
    for (Column<R> column : list) {
      if (column.content() && column.isAdded() == added) {
        column.digest(out, row);
      }
    }
  }

  /** A record of the values, in the columns' order. */
  R make(@Nullable Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "A %s cannot be made of the values that were read."
              .formatted(constructor.getDeclaringClass().getSimpleName()),
          e);
    }
  }
}
