package dev.sluice.export.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.records.Message;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScrubberValuesTest {
  private final Scrubber scrubber = new Scrubber();

  record Inner(String text, int number) {}

  record Outer(@Nullable String none, List<Inner> inner, Map<String, List<String>> map, double d) {}

  @Test
  void scrubValue_recordsListsAndMaps_areScrubbedThroughout() {
    Outer outer =
        new Outer(
            null,
            List.of(new Inner("a@x.com", 1), new Inner("b", 2)),
            Map.of("k@x.com", List.of("c@x.com and d@x.com")),
            2.5);
    assertThat(scrubber.scrubValue(outer))
        .isEqualTo(
            new Outer(
                null,
                List.of(new Inner("[EMAIL]", 1), new Inner("b", 2)),
                Map.of("k@x.com", List.of("[EMAIL] and [EMAIL]")),
                2.5));
    assertThat(scrubber.counts()).containsExactly(Map.entry(Kind.EMAIL, 3L));
  }

  @Test
  void scrubValue_listsAndMapsWithNulls_keepThemInOrder() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("z", null);
    map.put("a", Arrays.asList("a@x.com", null, 1, 2.5, true));
    assertThat(scrubber.scrubValue(map))
        .asString()
        .isEqualTo("{z=null, a=[[EMAIL], null, 1, 2.5, true]}");
    assertThat(scrubber.scrubValue(null)).isNull();
  }

  @Test
  void scrubValue_valueWithNothing_isTheSameObject() {
    Outer outer = new Outer("a", List.of(new Inner("b", 1)), Map.of("k", List.of("c")), 1);
    assertThat(scrubber.scrubValue(outer)).isSameAs(outer);
    assertThat(scrubber.scrubValue(7L)).isEqualTo(7L);
  }

  @Test
  void scrubValue_rowOfATable_isRemade() {
    Message message = new Message("user", "Write to a@x.com");
    assertThat(scrubber.scrubValue(message)).isEqualTo(new Message("user", "Write to [EMAIL]"));
  }
}
