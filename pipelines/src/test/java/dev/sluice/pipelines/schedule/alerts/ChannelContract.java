package dev.sluice.pipelines.schedule.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every way out does, over a receiver that the test plays. */
abstract class ChannelContract {
  /** Stands in the address or command wherever something secret may stand. */
  static final String SECRET = "hunter2-do-not-show";

  static final Duration SHORT = Duration.ofMillis(300);
  static final Duration LONG = Duration.ofSeconds(30);

  static final AlertMessage RAISED =
      new AlertMessage(
          "nightly/accuracy 1/1",
          "nightly",
          "configs/tiny.yaml",
          AlertMessage.Cause.METRIC,
          AlertMessage.State.RAISED,
          Instant.parse("2027-03-28T01:20:00Z"),
          Instant.parse("2027-03-28T01:00:00Z"),
          "20270328-010000-ab",
          "accuracy/policy is 0.5 – below 0.6.\nLook at \"votes\" & $HOME.",
          new AlertMessage.Bound("accuracy/policy", 0.5, 0.6, null));

  static final AlertMessage RECOVERED =
      new AlertMessage(
          "nightly/failure/2",
          "nightly",
          "configs/tiny.yaml",
          AlertMessage.Cause.FAILURE,
          AlertMessage.State.RECOVERED,
          Instant.parse("2027-03-29T01:20:00Z"),
          null,
          null,
          "It runs again.",
          null);

  /** What a receiver does next. */
  enum Answer {
    ACCEPTS,
    FAILS,
    REFUSES,
    HANGS
  }

  private final StringBuilder logged = new StringBuilder();
  private final Handler recorder =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          StringWriter trace = new StringWriter();
          if (entry.getThrown() != null) {
            entry.getThrown().printStackTrace(new PrintWriter(trace));
          }
          synchronized (logged) {
            logged.append(entry.getMessage());
            if (entry.getParameters() != null) {
              logged.append(Arrays.toString(entry.getParameters()));
            }
            logged.append(trace).append('\n');
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private final Logger root = Logger.getLogger("");
  private final Level level = root.getLevel();

  /** A sender whose address or command holds {@link #SECRET}. */
  abstract Channel sender(Duration limit) throws Exception;

  /** The same where nobody receives. */
  abstract Channel toNobody() throws Exception;

  /** What the receiver does at its next tries; after these it accepts. */
  abstract void script(Answer... answers) throws Exception;

  /** How often the receiver was tried. */
  abstract int tries() throws Exception;

  /** The JSON of what the receiver accepted. */
  abstract List<String> accepted() throws Exception;

  abstract String receiver();

  @BeforeEach
  void record() {
    recorder.setLevel(Level.ALL);
    root.addHandler(recorder);
    root.setLevel(Level.ALL);
  }

  @AfterEach
  void release() {
    root.removeHandler(recorder);
    root.setLevel(level);
  }

  private static String name(Delivery delivery) {
    return delivery.getClass().getSimpleName();
  }

  @Test
  void delivers() throws Exception {
    Channel sender = sender(LONG);
    assertThat(sender.send(RAISED)).isEqualTo(new Delivery.Delivered());
    assertThat(sender.send(RECOVERED)).isEqualTo(new Delivery.Delivered());
    assertThat(accepted()).containsExactly(RAISED.json(), RECOVERED.json());
    assertThat(sender.receiver()).isEqualTo(receiver());
  }

  @Test
  void isToBeTriedAgainAfterAFailure() throws Exception {
    script(Answer.FAILS, Answer.FAILS);
    Channel sender = sender(LONG);
    assertThat(name(sender.send(RAISED))).isEqualTo("NotYet");
    assertThat(name(sender.send(RAISED))).isEqualTo("NotYet");
    assertThat(sender.send(RAISED)).isEqualTo(new Delivery.Delivered());
    assertThat(accepted()).containsExactly(RAISED.json());
    assertThat(tries()).isEqualTo(3);
  }

  @Test
  void isGivenUpWhereItIsRefused() throws Exception {
    script(Answer.REFUSES);
    assertThat(name(sender(LONG).send(RAISED))).isEqualTo("GivenUp");
    assertThat(tries()).isEqualTo(1);
    assertThat(accepted()).isEmpty();
  }

  @Test
  void endsATryThatHangs() throws Exception {
    script(Answer.HANGS);
    assertThat(name(sender(SHORT).send(RAISED))).isEqualTo("NotYet");
    assertThat(accepted()).isEmpty();
  }

  @Test
  void showsNothingSecret() throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    StringBuilder shown = new StringBuilder();
    try (PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
      System.setOut(both);
      System.setErr(both);
      script(Answer.FAILS, Answer.REFUSES, Answer.ACCEPTS, Answer.HANGS);
      Channel sender = sender(SHORT);
      for (int i = 0; i < 4; i++) {
        shown.append(sender.send(RAISED));
      }
      shown.append(toNobody().send(RAISED));
      shown.append(sender).append(sender.receiver()).append(toNobody());
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertThat(shown.toString()).contains("NotYet", "GivenUp", receiver());
    synchronized (logged) {
      assertThat(shown + printed.toString(StandardCharsets.UTF_8) + logged)
          .doesNotContain("hunter2", "do-not-show");
    }
  }

  /** The message's fields survive its JSON. */
  @Test
  void readsWhatItWrote() throws Exception {
    for (AlertMessage message : List.of(RAISED, RECOVERED)) {
      assertThat(AlertMessage.parse(message.json())).isEqualTo(message);
      assertThat(new ObjectMapper().readTree(message.json()).path("id").asText())
          .isEqualTo(message.id());
    }
  }
}
