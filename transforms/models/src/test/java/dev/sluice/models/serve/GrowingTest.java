package dev.sluice.models.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GrowingTest {
  @Test
  void sendsWhatIsNew() {
    Growing text = new Growing(List.of());
    assertThat(text.more("a")).isEqualTo("a");
    assertThat(text.more("a")).isEmpty();
    assertThat(text.more("abc")).isEqualTo("bc");
    assertThat(text.rest("abcd")).isEqualTo("d");
  }

  @Test
  void holdsBackWhatMayBeTheBeginningOfAStop() {
    Growing text = new Growing(List.of("\n\n", "END"));
    assertThat(text.more("a")).isEmpty();
    assertThat(text.more("abE")).isEqualTo("a");
    assertThat(text.more("abEN")).isEqualTo("b");
    assertThat(text.rest("ab")).isEmpty();
  }

  @Test
  void holdsBackAHalfCharacter() {
    Growing text = new Growing(List.of());
    assertThat(text.more("a\uFFFD")).isEqualTo("a");
    assertThat(text.more("a\uFFFD\uFFFD")).isEmpty();
    assertThat(text.more("a\uD83D\uDE00")).isEqualTo("\uD83D\uDE00");
  }
}
