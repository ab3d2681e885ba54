package dev.sluice.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RowFilterTest {
  private final Map<String, @Nullable Object> row = new LinkedHashMap<>();

  @BeforeEach
  void fill() {
    row.put("status", "tie");
    row.put("votes", 3L);
    row.put("outcome", true);
    row.put("agreement", List.of(1.0, 0.25, 0.75));
    row.put("none", List.of());
    row.put("criteria", List.of(Map.of("check", "judge"), Map.of("check", "equals")));
    row.put("nested", Map.of("a", 1.5));
    row.put("text", "salt and pepper");
    row.put("note", null);
  }

  private boolean test(String expression) {
    return RowFilter.of(expression).test(row);
  }

  @Test
  void anyAndAll_lookAtTheElementsOfAList() {
    assertThat(test("any(agreement) < 0.5")).isTrue();
    assertThat(test("all(agreement) < 0.5")).isFalse();
    assertThat(test("all(agreement) <= 1 and any( agreement ) = 0.25")).isTrue();
    assertThat(test("any(agreement) > 1")).isFalse();
    assertThat(test("any(none) = 1")).isFalse();
    assertThat(test("all(none) = 1")).isTrue();
    assertThat(test("any(note) = 1")).isFalse();
    assertThat(test("any(criteria.check) = judge")).isTrue();
    assertThat(test("all(criteria.check) = judge")).isFalse();
  }

  @Test
  void and_joinsComparisonsButNotInQuotes() {
    assertThat(test("text ~ 'salt and pepper' and votes = 3")).isTrue();
    assertThat(test("text = \"salt and pepper\" AND status = tie")).isTrue();
    assertThat(test("text ~ 'salt and votes'")).isFalse();
    assertThat(test("note = null and votes != null")).isTrue();
    assertThat(test("outcome = TRUE and outcome != false")).isTrue();
    assertThat(test("status > 'a'")).isTrue();
  }

  @Test
  void comparisonThatTheTypeHasNot_isRefusedWhateverTheOthersSay() {
    refuses("agreement < 0.5", "holds lists; compare their elements, as in any(agreement) < 0.5.");
    refuses("agreement ~ 0", "holds lists; compare their elements, as in any(agreement) ~ 0.");
    refuses("votes = many", "holds numbers, and 'many' is none.");
    refuses("votes ~ 3", "holds no text, and ~ looks into text.");
    refuses("outcome < true", "holds true and false, which = and != compare.");
    refuses("outcome = yes", "holds true and false, which = and != compare.");
    refuses("nested = 1", "holds blocks; name one of their fields: nested.a.");
    refuses(
        "status < 3",
        "holds text, which comes before or after other text but not a number; quote '3' if the order of letters is meant.");
    refuses("any(votes) = 3", "holds no lists; leave out 'any'.");
    refuses("votes < null", "is compared with null by = and != alone.");
    refuses("status = nothing and agreement < 1", "any(agreement) < 1.");
  }

  private void refuses(String expression, String why) {
    assertThatThrownBy(() -> test(expression))
        .isInstanceOf(RowFilterException.class)
        .hasMessageStartingWith("--where cannot compare '")
        .hasMessageEndingWith(why);
  }

  @Test
  void whatIsNoComparison_isRefused() {
    for (String expression :
        new String[] {
          "any(agreement < 1", "agreement) < 1", "some(agreement) < 1", "votes", "= 3"
        }) {
      assertThatThrownBy(() -> RowFilter.of(expression))
          .hasMessageStartingWith("--where takes comparisons such as ");
    }
    assertThatThrownBy(() -> test("any(agree) < 1"))
        .hasMessageStartingWith("There is no column 'agree'; there are [status, votes,");
  }

  @Test
  void mistakeInAnExpressionOfAnyLength_isOneShortLine() {
    for (String part : List.of("a", " ", "\u001b", "votes = 1 ", "\n")) {
      assertThatThrownBy(() -> test("nowhere" + part.repeat(20_000) + " = 1"))
          .isInstanceOf(RowFilterException.class)
          .satisfies(
              e ->
                  assertThat(String.valueOf(e.getMessage()))
                      .hasSizeLessThan(2_300)
                      .doesNotContain("\u001b", "\n"));
    }
  }
}
