package dev.sluice.records.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.records.json.Json;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of other writers: by pyarrow (resources, with the script that made them), and by hand. */
class ForeignParquetTest {

  private static List<Map<String, Object>> resource(String name) {
    try {
      Path file =
          Path.of(Objects.requireNonNull(ForeignParquetTest.class.getResource(name)).toURI());
      return ParquetRows.read(file, 10);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String column(String file, String name) {
    List<@Nullable Object> values = new ArrayList<>();
    resource(file).forEach(row -> values.add(row.get(name)));
    return Json.compact(values);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "i8 | [-128,127,null]",
        "i16 | [-32768,32767,null]",
        "i32 | [-2147483648,2147483647,null]",
        "i64 | [-9223372036854775808,9223372036854775807,null]",
        "u8 | [200,255,null]",
        "u16 | [40000,65535,null]",
        "u32 | [3000000000,4294967295,null]",
        "u64 | [9223372036854775808,18446744073709551615,null]",
        "f16 | [0.0999755859375,-65504,5.9604644775390625e-8]",
        "f32 | [0.1,25000000,null]",
        "f64 | [0.0001,25000000,null]",
        "d9 | [1234567.89,-0.01,null]",
        "d18 | [12345678901234.5678,-1.5000,null]",
        "d38 | [1234567890123456789012345678.0123456789,-1.0000000000,null]",
        "d76 | [9999999999999999999999999999999999999999999999999999999999999999999999999999,-9999999999999999999999999999999999999999999999999999999999999999999999999999,null]",
        "date | [\"2024-02-29\",\"1969-12-31\",null]",
        "s | [\"2024-02-29T00:00:00\",\"1969-12-31T23:59:59\",null]",
        "us | [\"2024-02-29T12:00:00.000001\",\"1900-01-01T00:00:00\",null]",
        "ns_utc | [\"2024-02-29T12:30:00Z\",null,null]",
        "time | [\"10:00:00\",\"23:59:59.999999\",null]",
        "text | [\"é\",\"\",null]",
        "large | [\"large é\",\"\",null]",
        "bytes | [\"00ff\",\"\",null]",
        "flag | [true,false,null]",
        "nothing | [null,null,null]",
        "word | [\"a\",\"b\",\"a\"]",
        "number | [3000000000,3000000001,3000000000]"
      })
  void valueOfEachType_writtenByPyarrow_isReadByValue(String name, String values) {
    assertThat(column("values.parquet", name)).isEqualTo(values);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "words | [[\"a\",null],[],null]",
        "large | [[\"x\"],[],null]",
        "fixed | [[4294967295,1],[2,3],[4,5]]",
        "lists | [[[18446744073709551615],[]],[null],[]]",
        "struct | [{\"u\":4294967295,\"s\":\"é\"},null,{\"u\":null,\"s\":null}]",
        "structs | [[{\"text\":\"a\",\"ok\":true}],[],null]",
        "map | [{\"k\":0.5},{},null]"
      })
  void nestedValue_writtenByPyarrow_isReadByValue(String name, String values) {
    assertThat(column("nested.parquet", name)).isEqualTo(values);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "time | [\"2024-02-29T12:30:00.000001Z\",\"1969-12-31T00:00:00Z\"]",
        "u32 | [3000000000,4294967295]",
        "words | [[\"a\",\"b\"],[]]"
      })
  void valueOfAnOldWriter_isReadByValue(String name, String values) {
    assertThat(column("old.parquet", name)).isEqualTo(values);
  }

  // The compatibility rules of the Parquet specification (LogicalTypes.md, Lists): which of these
  // groups are the element, and which only wrap it.
  @Test
  void listEncodings_ofTwoLevels_areReadAsLists(@TempDir Path folder) {
    assertThat(written(folder, "repeated int32 element", out -> repeat(out, "element")))
        .isEqualTo("[1,2]");
    assertThat(
            written(
                folder,
                "repeated group array { required int32 v; }",
                out -> repeatGroup(out, "array")))
        .isEqualTo("[{\"v\":1},{\"v\":2}]");
    assertThat(
            written(
                folder,
                "repeated group x_tuple { required int32 v; }",
                out -> repeatGroup(out, "x_tuple")))
        .isEqualTo("[{\"v\":1},{\"v\":2}]");
    assertThat(
            written(
                folder,
                "repeated group element { required int32 v; optional int32 w; }",
                out -> repeatGroup(out, "element")))
        .isEqualTo("[{\"v\":1,\"w\":null},{\"v\":2,\"w\":null}]");
    assertThat(
            written(
                folder, "repeated group bag { required int32 v; }", out -> repeatGroup(out, "bag")))
        .isEqualTo("[1,2]");
    assertThat(
            written(
                folder,
                "repeated group list { repeated int32 v; }",
                out -> repeatGroup(out, "list")))
        .isEqualTo("[{\"v\":[1]},{\"v\":[2]}]");
  }

  @Test
  void repeatedField_outsideAList_isAList(@TempDir Path folder) {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { repeated int32 x (INTEGER(32,false)); required fixed_len_byte_array(16) id (UUID); }");
    Path file = folder.resolve("r.parquet");
    write(
        file,
        schema,
        out -> {
          out.startField("x", 0);
          out.addInteger(1);
          out.addInteger(-1);
          out.endField("x", 0);
          out.startField("id", 1);
          out.addBinary(Binary.fromConstantByteArray(new byte[16]));
          out.endField("id", 1);
        });
    assertThat(Json.compact(ParquetRows.read(file, 1).get(0)))
        .isEqualTo("{\"x\":[1,4294967295],\"id\":\"00000000-0000-0000-0000-000000000000\"}");
  }

  private static void repeat(RecordConsumer out, String name) {
    out.startField(name, 0);
    out.addInteger(1);
    out.addInteger(2);
    out.endField(name, 0);
  }

  private static void repeatGroup(RecordConsumer out, String name) {
    out.startField(name, 0);
    for (int value : new int[] {1, 2}) {
      out.startGroup();
      out.startField("v", 0);
      out.addInteger(value);
      out.endField("v", 0);
      out.endGroup();
    }
    out.endField(name, 0);
  }

  private static String written(Path folder, String repeated, Consumer<RecordConsumer> list) {
    Path file = folder.resolve("l.parquet");
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { optional group x (LIST) { %s%s } }"
                .formatted(repeated, repeated.endsWith("}") ? "" : ";"));
    write(
        file,
        schema,
        out -> {
          out.startField("x", 0);
          out.startGroup();
          list.accept(out);
          out.endGroup();
          out.endField("x", 0);
        });
    return Json.compact(ParquetRows.read(file, 1).get(0).get("x"));
  }

  private static void write(Path file, MessageType schema, Consumer<RecordConsumer> row) {
    try (ParquetWriter<Consumer<RecordConsumer>> writer = new Builder(file, schema).open()) {
      writer.write(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Builder
      extends ParquetWriter.Builder<Consumer<RecordConsumer>, Builder> {
    private final MessageType schema;

    Builder(Path file, MessageType schema) {
      super(new Output(file));
      this.schema = schema;
    }

    ParquetWriter<Consumer<RecordConsumer>> open() throws IOException {
      return withConf(new PlainParquetConfiguration())
          .withCodecFactory(new Codecs())
          .withCompressionCodec(CompressionCodecName.ZSTD)
          .build();
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract; never called with a Hadoop configuration
    protected WriteSupport<Consumer<RecordConsumer>> getWriteSupport(Configuration unused) {
      return new Support(schema);
    }

    @Override
    protected WriteSupport<Consumer<RecordConsumer>> getWriteSupport(ParquetConfiguration unused) {
      return new Support(schema);
    }
  }

  private static final class Support extends WriteSupport<Consumer<RecordConsumer>> {
    private final MessageType schema;
    private @Nullable RecordConsumer out;

    Support(MessageType schema) {
      this.schema = schema;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract; never called with a Hadoop configuration
    public WriteContext init(Configuration unused) {
      return new WriteContext(schema, Map.of());
    }

    @Override
    public WriteContext init(ParquetConfiguration unused) {
      return new WriteContext(schema, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
      out = consumer;
    }

    @Override
    public void write(Consumer<RecordConsumer> row) {
      RecordConsumer to = Objects.requireNonNull(out);
      to.startMessage();
      row.accept(to);
      to.endMessage();
    }
  }

  private record Output(Path file) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSizeHint) throws IOException {
      OutputStream out = new FileOutputStream(file.toFile());
      return new PositionOutputStream() {
        private long position;

        @Override
        public long getPos() {
          return position;
        }

        @Override
        public void write(int b) throws IOException {
          out.write(b);
          position++;
        }

        @Override
        public void close() throws IOException {
          out.close();
        }
      };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
      return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }
}
