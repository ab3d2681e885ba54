package dev.sluice.records.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.records.Problem;
import dev.sluice.records.SampleRows;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;

final class CanonicalFooterTest {

  private static byte[] file() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TableWriter<Problem> writer = TableWriter.open(out, Tables.PROBLEMS, Map.of())) {
      SampleRows.PROBLEMS.forEach(writer::write);
    }
    return out.toByteArray();
  }

  private static int footerStart(byte[] file) {
    int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(file.length - 8);
    return file.length - 8 - length;
  }

  private static FileMetaData footer(byte[] file) throws IOException {
    int start = footerStart(file);
    return Util.readFileMetaData(new ByteArrayInputStream(file, start, file.length - 8 - start));
  }

  @Test
  void listsEncodingsInOneOrder() throws IOException {
    byte[] file = file();
    for (var column : footer(file).getRow_groups().get(0).getColumns()) {
      List<Integer> values =
          column.getMeta_data().getEncodings().stream().map(Encoding::getValue).toList();
      assertThat(values).hasSizeGreaterThan(1).isSorted();
    }
  }

  @Test
  void undoesAnotherOrder() throws IOException {
    byte[] file = file();
    int start = footerStart(file);
    FileMetaData shuffled = footer(file);
    shuffled
        .getRow_groups()
        .forEach(
            group ->
                group
                    .getColumns()
                    .forEach(column -> Collections.reverse(column.getMeta_data().getEncodings())));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, start);
    Util.writeFileMetaData(shuffled, out);
    out.write(file, file.length - 8, 8);
    assertThat(out.toByteArray()).hasSameSizeAs(file).isNotEqualTo(file);
    assertThat(CanonicalFooter.of(out.toByteArray())).isEqualTo(file);
  }

  @Test
  void leavesAloneWhatHoldsNoWholeFooter() throws IOException {
    byte[] file = file();
    byte[] cut = Arrays.copyOf(file, file.length - 1);
    byte[] tail = Arrays.copyOfRange(file, file.length - 20, file.length);
    assertThat(CanonicalFooter.of(cut)).isEqualTo(cut);
    assertThat(CanonicalFooter.of(tail)).isEqualTo(tail);
    assertThat(CanonicalFooter.of(new byte[3])).isEqualTo(new byte[3]);
  }
}
