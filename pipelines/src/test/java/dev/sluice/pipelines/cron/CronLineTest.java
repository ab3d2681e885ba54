package dev.sluice.pipelines.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CronLineTest {
  @Test
  void problems() {
    for (String good :
        List.of(
            "0 2 * * *",
            "*/5 * * * MON-FRI",
            "0 0 1 JAN,JUL *",
            "@daily",
            "@hourly",
            "0 0 29 2 *",
            "0 0 * * 7",
            "0 0 13 * 5",
            " 0\t0  * * SUN-TUE ",
            "0 0 29 2 MON-FRI")) {
      assertThat(CronLine.problem(good)).isEmpty();
    }
    assertThat(CronLine.problem("0 0 2 * * *"))
        .isEqualTo(
            "must have five fields (minute, hour, day of month, month, day of week), but is '0 0 2 * * *' with 6");
    assertThat(CronLine.problem("0 0 31 4 *"))
        .isEqualTo("must fire at some time, but '0 0 31 4 *' never does");
    assertThat(CronLine.problem("0 0 30,31 FEB *"))
        .isEqualTo("must fire at some time, but '0 0 30,31 FEB *' never does");
    assertThat(CronLine.problem("@reboot"))
        .isEqualTo("must be a cron line, but is '@reboot': Nickname @reboot not supported!");
    for (String bad :
        List.of(
            "0 24 * * *",
            "0 0 * * 8",
            "0 0 * 13 *",
            "@dayly",
            "a b c d e",
            "0 0 0 * *",
            "5-1 * * * *",
            "*/0 * * * *",
            "0 0 * * -",
            "- 0 * * *",
            "0 0 1 - *",
            "0 -/2 * * *",
            "0 0 * * ,-",
            "@hourly|",
            "@daily||",
            "0|30 0 * * *",
            "0 0 * - 1")) {
      assertThat(CronLine.problem(bad)).startsWith("must be a cron line, but is '" + bad + "'");
    }
  }

  @Test
  void problem_ofALineOfAnyLength_isShort() {
    for (String unit : List.of("1 ", "su1", "*/5,", "@", "\u001b")) {
      assertThat(CronLine.problem("0 0 * * " + unit.repeat(10_000)))
          .startsWith("must ")
          .hasSizeLessThan(4_300)
          .doesNotContain("\u001b");
    }
  }
}
