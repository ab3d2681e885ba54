package dev.sluice.runners.serve;

import dev.sluice.pipelines.ledger.LedgerFire.State;
import dev.sluice.pipelines.ledger.LedgerSchedule;
import java.util.Locale;
import java.util.Map;

/** The daemon's figures in Prometheus' text format 0.0.4. */
final class Metrics {
  private Metrics() {}

  /**
   * All figures.
   *
   * @param ended fires that were over since the daemon began, by state
   */
  static String text(Health health, Map<State, Long> ended, long looks) {
    StringBuilder text = new StringBuilder();
    gauge(
        text, "sluice_up", "Whether the daemon can look at its schedules.", health.well() ? 1 : 0);
    gauge(text, "sluice_schedules", "Schedules.", health.schedules().size());
    gauge(
        text,
        "sluice_schedules_paused",
        "Schedules that are paused.",
        health.schedules().stream().filter(LedgerSchedule::paused).count());
    gauge(
        text,
        "sluice_schedules_broken",
        "Schedules whose file cannot be run.",
        health.schedules().stream().filter(each -> each.problem() != null).count());
    gauge(text, "sluice_fires_running", "Fires whose run is at work.", health.count(State.RUNNING));
    gauge(text, "sluice_fires_waiting", "Fires that are to start.", health.count(State.WAITING));
    gauge(
        text,
        "sluice_lateness_seconds",
        "By how much the fire that waits longest is late.",
        health.lateness());
    head(
        text,
        "sluice_fires_ended_total",
        "Fires that were over since the daemon began.",
        "counter");
    for (State state : State.values()) {
      if (state.over()) {
        text.append("sluice_fires_ended_total{state=\"")
            .append(state.name().toLowerCase(Locale.ROOT))
            .append("\"} ")
            .append(ended.getOrDefault(state, 0L))
            .append('\n');
      }
    }
    head(text, "sluice_looks_total", "Looks at all schedules since the daemon began.", "counter");
    return text.append("sluice_looks_total ").append(looks).append('\n').toString();
  }

  private static void gauge(StringBuilder text, String name, String help, Number value) {
    head(text, name, help, "gauge");
    text.append(name).append(' ').append(value).append('\n');
  }

  private static void head(StringBuilder text, String name, String help, String type) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }
}
