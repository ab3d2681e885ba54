package dev.sluice.records.parquet;

import java.util.Iterator;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** A column type with one leaf. */
final class PrimitiveType<T> extends ColumnType<T> {

  static final PrimitiveType<String> TEXT =
      new PrimitiveType<>(
          "text",
          "",
          PrimitiveTypeName.BINARY,
          (out, value) -> out.addBinary(Binary.fromString(value)),
          RowEncoder::text,
          TextReader::new);

  static final PrimitiveType<Integer> INT =
      new PrimitiveType<>(
          "int32",
          0,
          PrimitiveTypeName.INT32,
          RecordConsumer::addInteger,
          (out, value) -> out.int64(value),
          column -> column::getInteger);

  static final PrimitiveType<Float> FLOAT =
      new PrimitiveType<>(
          "float",
          0f,
          PrimitiveTypeName.FLOAT,
          RecordConsumer::addFloat,
          (out, value) -> out.int64(Float.floatToIntBits(value)),
          column -> column::getFloat);

  static final PrimitiveType<Double> DOUBLE =
      new PrimitiveType<>(
          "double",
          0d,
          PrimitiveTypeName.DOUBLE,
          RecordConsumer::addDouble,
          (out, value) -> out.int64(Double.doubleToLongBits(value)),
          column -> column::getDouble);

  static final PrimitiveType<Boolean> BOOLEAN =
      new PrimitiveType<>(
          "boolean",
          false,
          PrimitiveTypeName.BOOLEAN,
          RecordConsumer::addBoolean,
          RowEncoder::flag,
          column -> column::getBoolean);

  private final String text;
  private final T absent;
  private final PrimitiveTypeName physical;
  private final BiConsumer<RecordConsumer, T> writer;
  private final BiConsumer<RowEncoder, T> digester;
  private final Function<ColumnReader, Current<T>> values;

  private PrimitiveType(
      String text,
      T absent,
      PrimitiveTypeName physical,
      BiConsumer<RecordConsumer, T> writer,
      BiConsumer<RowEncoder, T> digester,
      Function<ColumnReader, Current<T>> values) {
    this.text = text;
    this.absent = absent;
    this.physical = physical;
    this.writer = writer;
    this.digester = digester;
    this.values = values;
  }

  @Override
  String text() {
    return text;
  }

  @Override
  Type parquet(String name, Repetition repetition) {
    var type = Types.primitive(physical, repetition);
    return physical == PrimitiveTypeName.BINARY
        ? type.as(LogicalTypeAnnotation.stringType()).named(name)
        : type.named(name);
  }

  @Override
  T absent() {
    return absent;
  }

  @Override
  void write(RecordConsumer out, T value) {
    writer.accept(out, value);
  }

  @Override
  void digest(RowEncoder out, T value) {
    digester.accept(out, value);
  }

  @Override
  ValueReader<T> reader(Iterator<ColumnReader> leaves, int definition, int repetition) {
    ColumnReader column = leaves.next();
    return new LeafReader<>(column, values.apply(column), definition);
  }

  /** The value at which a column reader stands. */
  private interface Current<T> {
    T value();
  }

  /** Decodes runs of equal texts once: a value out of a dictionary is the same object each time. */
  private static final class TextReader implements Current<String> {
    private final ColumnReader column;
    private Binary last = Binary.EMPTY;
    private String text = "";

    TextReader(ColumnReader column) {
      this.column = column;
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public String value() {
      Binary value = column.getBinary();
      if (value != last) {
        last = value;
        text = value.toStringUsingUTF8();
      }
      return text;
    }
  }

  private static final class LeafReader<T> extends ValueReader<T> {
    private final ColumnReader column;
    private final Current<T> current;
    private final int definition;

    LeafReader(ColumnReader column, Current<T> current, int definition) {
      this.column = column;
      this.current = current;
      this.definition = definition;
    }

    @Override
    T read() {
      T value = current.value();
      column.consume();
      return value;
    }

    @Override
    @Nullable T readNullable() {
      if (column.getCurrentDefinitionLevel() < definition) {
        column.consume();
        return null;
      }
      return read();
    }

    @Override
    void skip() {
      column.consume();
    }

    @Override
    ColumnReader first() {
      return column;
    }
  }
}
