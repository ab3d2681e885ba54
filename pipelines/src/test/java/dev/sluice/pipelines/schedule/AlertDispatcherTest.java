package dev.sluice.pipelines.schedule;

import static dev.sluice.pipelines.file.Schedule.CatchUp.LATEST;
import static dev.sluice.pipelines.file.Schedule.Overlap.QUEUE;
import static dev.sluice.pipelines.schedule.VirtualDaemon.cron;
import static dev.sluice.pipelines.schedule.VirtualDaemon.schedule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.pipelines.file.Alert;
import dev.sluice.pipelines.ledger.LedgerAlert;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertDispatcherTest {
  private static final String HOOK = "https://hooks.example/T0/secret-token";
  private static final Duration SECONDS = Duration.ofSeconds(10);

  private final VirtualDaemon daemon;

  AlertDispatcherTest(@TempDir Path workspace) {
    daemon = new VirtualDaemon(workspace);
  }

  @AfterEach
  void close() {
    daemon.close();
  }

  private static Alert on(Alert.Cause cause, @Nullable String grace) {
    return new Alert(cause, null, null, null, grace, HOOK, null, null);
  }

  private static Alert metric(String name, double below) {
    return new Alert(null, name, below, null, null, HOOK, null, null);
  }

  private void ends(Runs.State state) {
    daemon.script = fire -> new FakeRuns.Script(Duration.ofSeconds(30), state);
  }

  /** What was sent, as "cause state". */
  private List<String> sent() throws JsonProcessingException {
    List<String> sent = new ArrayList<>();
    for (String message : daemon.sent) {
      JsonNode json = new ObjectMapper().readTree(message);
      sent.add(json.path("cause").asText() + " " + json.path("state").asText());
    }
    return sent;
  }

  @Test
  void tellsOfAFailureOnceAndOfItsEndOnce() throws JsonProcessingException {
    daemon.add("nightly", cron("*/10 * * * *", QUEUE, LATEST), on(Alert.Cause.FAILURE, null));
    ends(Runs.State.FAILED);
    daemon.live(Duration.ofMinutes(35), SECONDS);
    daemon.kill();
    daemon.live(Duration.ofMinutes(4), SECONDS);
    assertThat(sent()).containsExactly("failure raised");
    ends(Runs.State.SUCCEEDED);
    daemon.live(Duration.ofMinutes(30), SECONDS);
    assertThat(sent()).containsExactly("failure raised", "failure recovered");
    JsonNode first = new ObjectMapper().readTree(daemon.sent.get(0));
    assertThat(first.path("text").asText())
        .isEqualTo(
            "The fire 2027-03-01T00:10:00Z of schedule nightly failed: stage 'votes' failed");
    assertThat(first.path("due").asText()).isEqualTo("2027-03-01T00:10:00Z");
    assertThat(daemon.sent.toString()).doesNotContain("secret-token");
    assertThat(daemon.tables().alerts().toString()).doesNotContain("secret-token");
  }

  @Test
  void brokenFile_isToldAtOnceToThoseOfItsLastGoodVersion() throws JsonProcessingException {
    Alert failure = on(Alert.Cause.FAILURE, null);
    daemon.add("nightly", cron("*/10 * * * *", QUEUE, LATEST), failure);
    daemon.live(Duration.ofMinutes(12), SECONDS);
    daemon.files.breakFile("nightly", "nightly.yaml:3:1: unknown key 'x'", daemon.instant());
    daemon.live(Duration.ofMinutes(9), SECONDS);
    assertThat(sent()).containsExactly("failure raised");
    assertThat(daemon.sent.get(0)).contains("nightly.yaml:3:1: unknown key 'x'");
    assertThat(daemon.ended)
        .containsExactly(
            "nightly 2027-03-01T00:10:00Z succeeded: null",
            "nightly 2027-03-01T00:20:00Z failed: nightly.yaml:3:1: unknown key 'x'");
    daemon.files.put("nightly", cron("*/10 * * * *", QUEUE, LATEST), daemon.instant(), failure);
    daemon.live(Duration.ofMinutes(10), SECONDS);
    assertThat(sent()).containsExactly("failure raised", "failure recovered");
  }

  @Test
  void aReceiverThatFailsTwiceGetsItOnce() throws JsonProcessingException {
    daemon.add("nightly", cron("*/10 * * * *", QUEUE, LATEST), on(Alert.Cause.FAILURE, null));
    ends(Runs.State.FAILED);
    daemon.failures = 2;
    daemon.live(Duration.ofMinutes(30), SECONDS);
    assertThat(sent()).containsExactly("failure raised");
    assertThat(daemon.tables().alerts())
        .extracting(LedgerAlert::tries, LedgerAlert::told, LedgerAlert::problem)
        .containsExactly(tuple(3, true, null));
  }

  @Test
  void aReceiverThatIsGoneIsGivenUp() throws JsonProcessingException {
    daemon.add("nightly", cron("0 1 * * *", QUEUE, LATEST), on(Alert.Cause.FAILURE, null));
    ends(Runs.State.FAILED);
    daemon.failures = 1000;
    daemon.live(Duration.ofHours(4), SECONDS);
    assertThat(sent()).isEmpty();
    assertThat(daemon.tables().alerts())
        .extracting(LedgerAlert::tries, LedgerAlert::told, LedgerAlert::problem)
        .containsExactly(tuple(Delivery.MAX_TRIES, true, "the receiver answered 503"));
  }

  @Test
  void aFaultOfTheSenderEndsNeitherTheDaemonNorItsSecret() {
    daemon.add("nightly", cron("*/10 * * * *", QUEUE, LATEST), on(Alert.Cause.FAILURE, null));
    ends(Runs.State.FAILED);
    daemon.faulty = true;
    daemon.live(Duration.ofMinutes(25), SECONDS);
    assertThat(daemon.fires("nightly")).containsExactly("10 failed", "20 failed");
    assertThat(daemon.tables().alerts())
        .extracting(LedgerAlert::tries, LedgerAlert::told, LedgerAlert::problem)
        .containsExactly(tuple(1, true, "Sending met a IllegalStateException."));
  }

  @Test
  void tellsOfAFireThatDoesNotStart() throws JsonProcessingException {
    daemon.mostRuns = 1;
    daemon.script = fire -> FakeRuns.Script.succeeds(Duration.ofMinutes(20));
    daemon.add("a", cron("0 1 * * *", QUEUE, LATEST));
    daemon.add("b", cron("1 1 * * *", QUEUE, LATEST), on(Alert.Cause.LATE, "5m"));
    daemon.live(Duration.ofMinutes(65), SECONDS);
    assertThat(sent()).isEmpty();
    daemon.live(Duration.ofHours(1), SECONDS);
    assertThat(sent()).containsExactly("late raised", "late recovered");
  }

  @Test
  void tellsOfAMetricOutOfBounds() throws JsonProcessingException {
    daemon.add("train", cron("*/10 * * * *", QUEUE, LATEST), metric("accuracy/policy", 0.6));
    daemon.live(Duration.ofMinutes(12), SECONDS);
    assertThat(sent()).isEmpty();
    daemon.runs.report("accuracy/policy", 0.55);
    daemon.live(Duration.ofMinutes(20), SECONDS);
    daemon.runs.report("accuracy/policy", 0.6);
    daemon.live(Duration.ofMinutes(20), SECONDS);
    assertThat(sent()).containsExactly("metric raised", "metric recovered");
    assertThat(daemon.sent.get(0))
        .contains("accuracy/policy of schedule train is 0.55, below 0.6.");
  }

  @Test
  void tellsOfABudgetAndOfTime() throws JsonProcessingException {
    daemon.add(
        "dear",
        schedule("*/30 * * * *", QUEUE, LATEST, "10m", 0),
        on(Alert.Cause.OVER_BUDGET, null),
        on(Alert.Cause.MAX_RUNTIME, null));
    ends(Runs.State.OVER_BUDGET);
    daemon.live(Duration.ofMinutes(35), SECONDS);
    assertThat(sent()).containsExactly("over_budget raised");
    daemon.script = fire -> FakeRuns.Script.succeeds(Duration.ofHours(1));
    daemon.live(Duration.ofMinutes(40), SECONDS);
    assertThat(sent())
        .containsExactly("over_budget raised", "over_budget recovered", "max_runtime raised");
  }
}
