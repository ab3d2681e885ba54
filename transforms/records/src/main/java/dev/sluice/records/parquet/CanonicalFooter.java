package dev.sluice.records.parquet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * The footer of a Parquet file with each column's encodings in one order. Parquet-Java lists them
 * in the order of a hash set of enums, which changes with each start of the JVM; without this,
 * equal rows would make files of different bytes.
 */
final class CanonicalFooter {
  private static final int MAGIC = 0x31524150; // "PAR1", little endian
  private static final int END = 2 * Integer.BYTES;

  private CanonicalFooter() {}

  /**
   * The end of a file with its footer made canonical.
   *
   * @param tail the last bytes of a file; returned as they are unless they hold the whole footer
   */
  static byte[] of(byte[] tail) throws IOException {
    if (tail.length < END) {
      return tail;
    }
    ByteBuffer end = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
    int length = end.getInt(tail.length - END);
    int start = tail.length - END - length;
    if (end.getInt(tail.length - Integer.BYTES) != MAGIC || length <= 0 || start < 0) {
      return tail;
    }
    FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(tail, start, length));
    for (RowGroup group : footer.getRow_groups()) {
      for (ColumnChunk column : group.getColumns()) {
        column.getMeta_data().getEncodings().sort(Comparator.comparingInt(Encoding::getValue));
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(tail.length);
    out.write(tail, 0, start);
    Util.writeFileMetaData(footer, out);
    int written = out.size() - start;
    out.write(
        ByteBuffer.allocate(END)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(written)
            .putInt(MAGIC)
            .array());
    return out.toByteArray();
  }
}
