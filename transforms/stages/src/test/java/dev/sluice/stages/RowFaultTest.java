package dev.sluice.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.methods.RowFault;
import dev.sluice.models.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RowFaultTest {
  private final List<Object> read = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();

  private void read(Supplier<Object> work) {
    RowFault.read(work, read::add, failures::add);
  }

  private static Failure unreadable(String said) {
    return new Failure(
        "it cannot be read: "
            + said
            + ". The row is left out; if its text is sound, report the text as an error of Sluice.",
        "unreadable",
        1,
        false);
  }

  private static int deep(int depth) {
    return depth < 0 ? depth : 1 + deep(depth + 1);
  }

  @Test
  void row_thatIsRead_isTaken() {
    read(() -> "4");
    assertThat(read).containsExactly("4");
    assertThat(failures).isEmpty();
  }

  @Test
  void row_thatOverflowsTheStack_isItsOwnFailure() {
    read(() -> deep(1));
    read(() -> "4");
    assertThat(read).containsExactly("4");
    assertThat(failures).containsExactly(unreadable("StackOverflowError"));
  }

  @Test
  void row_thatBreaksAnything_isItsOwnFailure() {
    read(() -> "text".substring(9));
    read(
        () -> {
          throw new AssertionError("a depth below 0");
        });
    assertThat(read).isEmpty();
    assertThat(failures)
        .containsExactly(
            unreadable("StringIndexOutOfBoundsException (begin 9, end 4, length 4)"),
            unreadable("AssertionError (a depth below 0)"));
  }

  @Test
  void faultOfTheMachine_isNoRows() {
    for (Error error : List.of(new OutOfMemoryError("heap"), new NoClassDefFoundError("Scalar"))) {
      assertThatThrownBy(
              () ->
                  read(
                      () -> {
                        throw error;
                      }))
          .isSameAs(error);
    }
    assertThat(failures).isEmpty();
  }

  /** What takes the result may fail as the stage does: it is not the row's fault. */
  @Test
  void faultOfTheStage_isNoRows() {
    assertThatThrownBy(
            () ->
                RowFault.read(
                    () -> "4",
                    row -> {
                      throw new IllegalStateException("disk full");
                    },
                    failures::add))
        .hasMessage("disk full");
    assertThat(failures).isEmpty();
  }
}
