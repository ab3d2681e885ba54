package dev.sluice.methods.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainTest {

  @Test
  void readsWhatItWrites() {
    Chain chain = Chain.parse("23+4-8*3");

    assertThat(chain)
        .isEqualTo(
            new Chain(
                23, List.of(new Operation('+', 4), new Operation('-', 8), new Operation('*', 3))));
    assertThat(chain.toString()).isEqualTo("23+4-8*3");
    assertThat(chain.difficulty()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "23", "+4", "23+", "23+45", "23/4", "23 + 4", "23+4:", "-3+4", "a+4"})
  void refusesWhatIsNoChain(String text) {
    assertThatThrownBy(() -> Chain.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "A chain is a number followed by operations with one digit each, such as 23+4-8*3, not '"
                + text
                + "'.");
  }

  @Test
  void refusesAnOperationOfAnotherWorld() {
    assertThatThrownBy(() -> new Operation('/', 2))
        .hasMessage("An operation of the arithmetic world is +, - or *, not '/'.");
    assertThatThrownBy(() -> new Operation('+', 10))
        .hasMessage("An operand of the arithmetic world is one digit, not 10.");
    assertThatThrownBy(() -> new Chain(1, List.of()))
        .hasMessage(
            "A chain has a start value of at least 0 and at least one operation, not 1 and [].");
  }
}
