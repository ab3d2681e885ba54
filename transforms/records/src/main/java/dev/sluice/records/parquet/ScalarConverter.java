package dev.sluice.records.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/** Turns a primitive value of Parquet into the Java value that its logical type means. */
final class ScalarConverter extends PrimitiveConverter {
  private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;

  private final PrimitiveType type;
  private final @Nullable LogicalTypeAnnotation logical;
  private final Consumer<@Nullable Object> sink;

  ScalarConverter(PrimitiveType type, Consumer<@Nullable Object> sink) {
    this.type = type;
    this.logical = type.getLogicalTypeAnnotation();
    this.sink = sink;
  }

  @Override
  public void addBoolean(boolean value) {
    sink.accept(value);
  }

  @Override
  public void addInt(int value) {
    if (logical instanceof DateLogicalTypeAnnotation) {
      sink.accept(LocalDate.ofEpochDay(value).toString());
    } else if (logical instanceof IntLogicalTypeAnnotation number && !number.isSigned()) {
      sink.accept(Integer.toUnsignedLong(value));
    } else if (logical == null || logical instanceof IntLogicalTypeAnnotation) {
      sink.accept(value);
    } else {
      addLong(value);
    }
  }

  @Override
  public void addLong(long value) {
    if (logical instanceof TimestampLogicalTypeAnnotation time) {
      Instant moment = Instant.EPOCH.plus(value, unit(time.getUnit()));
      // A time that is not of a zone must not look like one of UTC.
      sink.accept(
          time.isAdjustedToUTC()
              ? moment.toString()
              : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(moment.atOffset(ZoneOffset.UTC)));
    } else if (logical instanceof TimeLogicalTypeAnnotation time) {
      sink.accept(
          DateTimeFormatter.ISO_LOCAL_TIME.format(
              LocalTime.MIDNIGHT.plus(value, unit(time.getUnit()))));
    } else if (logical instanceof IntLogicalTypeAnnotation number
        && !number.isSigned()
        && value < 0) {
      sink.accept(new BigInteger(Long.toUnsignedString(value)));
    } else if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      sink.accept(BigDecimal.valueOf(value, decimal.getScale()));
    } else {
      sink.accept(value);
    }
  }

  @Override
  public void addFloat(float value) {
    sink.accept(value);
  }

  @Override
  public void addDouble(double value) {
    sink.accept(value);
  }

  @Override
  public void addBinary(Binary value) {
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      sink.accept(new BigDecimal(new BigInteger(value.getBytes()), decimal.getScale()));
    } else if (logical instanceof Float16LogicalTypeAnnotation) {
      sink.accept(
          half(ByteBuffer.wrap(value.getBytes()).order(ByteOrder.LITTLE_ENDIAN).getShort()));
    } else if (logical instanceof UUIDLogicalTypeAnnotation) {
      ByteBuffer parts = ByteBuffer.wrap(value.getBytes());
      sink.accept(new UUID(parts.getLong(), parts.getLong()).toString());
    } else if (type.getPrimitiveTypeName() == PrimitiveTypeName.INT96) {
      ByteBuffer parts = ByteBuffer.wrap(value.getBytes()).order(ByteOrder.LITTLE_ENDIAN);
      long nanos = parts.getLong();
      sink.accept(
          Instant.EPOCH
              .plus(parts.getInt() - JULIAN_DAY_OF_EPOCH, ChronoUnit.DAYS)
              .plusNanos(nanos)
              .toString());
    } else if (isText()) {
      sink.accept(value.toStringUsingUTF8());
    } else {
      sink.accept(HexFormat.of().formatHex(value.getBytes()));
    }
  }

  /** The value of an IEEE 754 number of 16 bits: a sign, 5 bits of exponent, 10 of fraction. */
  private static double half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    double size;
    if (exponent == 0x1f) {
      size = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else if (exponent == 0) {
      size = Math.scalb((double) fraction, -24);
    } else {
      size = Math.scalb((double) (fraction | 0x400), exponent - 25);
    }
    return bits < 0 ? -size : size;
  }

  private boolean isText() {
    return logical instanceof StringLogicalTypeAnnotation
        || logical instanceof EnumLogicalTypeAnnotation
        || logical instanceof JsonLogicalTypeAnnotation;
  }

  private static ChronoUnit unit(TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> ChronoUnit.MILLIS;
      case MICROS -> ChronoUnit.MICROS;
      case NANOS -> ChronoUnit.NANOS;
    };
  }
}
