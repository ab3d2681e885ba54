package dev.sluice.records.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.records.schema.Column;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table of format 1, and the same after columns were added before and behind its own. */
class AddedColumnTest {
  record Before(@Column("Id.") String id, @Column("Count.") int count) {}

  record After(
      @Column(value = "Note.", added = true) @Nullable String note,
      @Column("Id.") String id,
      @Column(value = "Tags.", added = true) List<String> tags,
      @Column("Count.") int count,
      @Column(value = "Share.", added = true) double share) {}

  private static final Table<Before> BEFORE = new Table<>("talk", Before.class);

  private static final Table<After> AFTER = new Table<>("talk", After.class);

  private static String digest(After row) {
    return RowDigest.of(AFTER, List.of(row)).toString();
  }

  @Test
  void addedColumnsThatHoldNothing_changeNoDigest() {
    String before = RowDigest.of(BEFORE, List.of(new Before("a", 3))).toString();
    assertThat(digest(new After(null, "a", List.of(), 3, 0))).isEqualTo(before);
    assertThat(List.of(digest(new After(null, "b", List.of(), 3, 0)))).doesNotContain(before);
  }

  @Test
  void whatAnAddedColumnHolds_isInTheDigestUnderItsName() {
    List<After> rows =
        List.of(
            new After(null, "a", List.of(), 3, 0),
            new After("", "a", List.of(), 3, 0),
            new After("x", "a", List.of(), 3, 0),
            new After(null, "a", List.of("x"), 3, 0),
            new After(null, "a", List.of("share"), 3, 0),
            new After(null, "a", List.of(), 3, 1),
            new After(null, "a", List.of(), 3, -1),
            new After("x", "a", List.of("x"), 3, 1));
    assertThat(rows.stream().map(AddedColumnTest::digest).distinct()).hasSize(rows.size());
  }

  @Test
  void fileWithoutAddedColumns_isReadAsIfTheyHeldNothing(@TempDir Path folder) {
    Path file = folder.resolve("old.parquet");
    write(file, BEFORE, List.of(new Before("a", 3), new Before("b", 4)));
    assertThat(TableReader.readAll(file, AFTER, Set.of()))
        .containsExactly(
            new After(null, "a", List.of(), 3, 0), new After(null, "b", List.of(), 4, 0));
    assertThat(TableReader.readAll(file, AFTER, Set.of("count", "tags")))
        .containsExactly(
            new After(null, "a", List.of(), 0, 0), new After(null, "b", List.of(), 0, 0));
  }

  @Test
  void fileWithAddedColumns_isReadWhole(@TempDir Path folder) {
    Path file = folder.resolve("new.parquet");
    List<After> rows =
        List.of(
            new After("n", "a", List.of("x", "y"), 3, 0.5), new After(null, "b", List.of(), 4, 0));
    write(file, AFTER, rows);
    assertThat(TableReader.readAll(file, AFTER, Set.of())).isEqualTo(rows);
    assertThatThrownBy(() -> TableReader.readAll(file, BEFORE, Set.of()))
        .hasMessage(
            "The file %s has columns that the table 'talk' does not have: [note, share, tags]; it was not written by this version of Sluice."
                .formatted(file));
  }

  private static <R extends Record> void write(Path file, Table<R> table, List<R> rows) {
    try (TableWriter<R> writer = TableWriter.open(file, table, Map.of())) {
      rows.forEach(writer::write);
    }
  }
}
