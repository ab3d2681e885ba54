package dev.sluice.models.numerics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

/** Kernels as they have been seen, each with its habit. */
class RowGroupsTest {
  /**
   * Runs the search on a kernel.
   *
   * @param path by the number of rows and the row: which way its sum is computed
   */
  private static Invariance search(IntBinaryOperator path) {
    return new RowGroups(1)
        .smallest(
            rows -> {
              float[] values = new float[rows];
              for (int row = 0; row < rows; row++) {
                values[row] = 100 * RowGroups.kind(row) + path.applyAsInt(rows, row);
              }
              return RowGroups.Rows.of(values, rows, rows);
            },
            group -> List.of());
  }

  @Test
  void kernel_thatTreatsAllRowsAlike_needsTheUsualGroup() {
    assertThat(search((rows, row) -> 0)).isEqualTo(new Invariance(4, true));
  }

  @Test
  void kernel_withAnotherPathForFewRows_needsGroupsAboveThem() {
    assertThat(search((rows, row) -> rows < 16 ? 1 : 0)).isEqualTo(new Invariance(16, true));
    assertThat(search((rows, row) -> rows < 4 ? 1 : 0)).isEqualTo(new Invariance(4, true));
  }

  @Test
  void kernel_withAnotherPathForTheRowsBehindTheTiles_needsWholeTiles() {
    assertThat(search((rows, row) -> row >= rows / 8 * 8 ? 1 : 0))
        .isEqualTo(new Invariance(8, true));
    assertThat(search((rows, row) -> row >= rows / 64 * 64 ? 1 : 0))
        .isEqualTo(new Invariance(64, true));
  }

  @Test
  void kernel_thatGoesByTheNumberOfRows_hasNoGroup() {
    assertThat(search((rows, row) -> rows % 7)).isEqualTo(new Invariance(4, false));
    assertThat(search((rows, row) -> rows >= 400 ? 1 : 0).batchInvariant()).isFalse();
  }

  @Test
  void kernel_thatGoesByThePlaceOfARow_hasNoGroup() {
    assertThat(search((rows, row) -> row % 2)).isEqualTo(new Invariance(4, false));
  }

  @Test
  void computations_ofAGroup_mustAgreeToo() {
    Invariance found =
        new RowGroups(1)
            .smallest(
                rows -> RowGroups.Rows.of(new float[] {1}, 1, 1),
                group ->
                    List.of(
                        RowGroups.Rows.of(new float[] {1}, 1, 1),
                        RowGroups.Rows.of(new float[] {group < 32 ? 2 : 1}, 1, 1)));
    assertThat(found).isEqualTo(new Invariance(32, true));
  }

  @Test
  void rows_areComparedToTheBit() {
    RowGroups.Rows zero = RowGroups.Rows.of(new float[] {0f}, 1, 1);
    assertThat(zero.agrees(RowGroups.Rows.of(new float[] {-0f}, 1, 1))).isFalse();
    assertThat(zero.agrees(RowGroups.Rows.of(new float[] {0f}, 1, 1))).isTrue();
  }

  @Test
  void work_isBounded() {
    assertThat(new RowGroups(1).counts(4)).contains(1, 2, 3, 128).doesNotHaveDuplicates();
    assertThat(new RowGroups(1).counts(64)).containsExactly(1, 2, 3, 4, 8, 5, 6, 7);
    // A head of 152,000 tokens and a layer of 0.5 B.
    assertThat(new RowGroups(150_000_000).counts(4)).containsExactly(1, 2, 3);
  }
}
