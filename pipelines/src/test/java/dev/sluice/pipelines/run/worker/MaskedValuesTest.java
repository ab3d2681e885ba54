package dev.sluice.pipelines.run.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.records.Secrets;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MaskedValuesTest {
  private static final String HELD = "held-5f2c\u00e9\ud83d\ude00";
  private static final String OTHER = "other-81d0";
  private static final String SAID =
      "GET http://a/held-5f2c\u00e9\ud83d\ude00/v1 failed, as did other-81d0";

  private final TreeMap<String, String> sent =
      new TreeMap<>(Map.of("base_url", "http://a/" + HELD + "/v1"));

  @BeforeAll
  static void know() {
    Secrets.add(HELD, "${HELD}");
    Secrets.add(OTHER, "${OTHER}");
  }

  @Test
  void ofWhatAWorkerIsSent_areTheValuesThatItHolds() {
    MaskedValues hidden = MaskedValues.of(sent, null);
    assertThat(hidden.shown()).containsExactly(Map.entry(HELD, "${HELD}"));
    assertThat(hidden).hasToString("HiddenValues[${HELD}]");
  }

  @Test
  void whatCannotBeSent_bringsNothing() {
    TreeMap<String, Object> stays = new TreeMap<>(Map.of("a", new Object(), "b", HELD));
    assertThat(MaskedValues.of(stays).shown()).isEmpty();
  }

  @Test
  void inAnotherProcess_valuesThatArriveAreHiddenInTexts() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcess.class.getName())
            .redirectErrorStream(true)
            .start();
    try (OutputStream in = process.getOutputStream();
        ObjectOutputStream out = new ObjectOutputStream(in)) {
      out.writeObject(MaskedValues.of(sent));
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    // The other value never went there.
    assertThat(said).isEqualTo(SAID + "\n" + SAID.replace(HELD, "${HELD}") + "\n");
  }

  @Test
  void errorWithAHiddenValue_isShownWithoutIt() {
    IOException cause = new IOException(SAID);
    Throwable shown = MaskedError.of(new IllegalStateException("The unit failed.", cause));
    assertThat(shown).hasNoCause();
    assertThat(shown.getMessage())
        .contains("The unit failed.", "http://a/${HELD}/v1", "MaskedValuesTest.java")
        .doesNotContain(HELD, OTHER);
    assertThat(shown.getStackTrace()).isEmpty();
  }

  @Test
  void errorWithoutAHiddenValue_isItself() {
    IllegalStateException error = new IllegalStateException("The unit failed.");
    assertThat(MaskedError.of(error)).isSameAs(error);
  }

  /** A worker that knows of no pipeline file: what it says before and behind what it is sent. */
  static final class OtherProcess {
    private OtherProcess() {}

    public static void main(String... arguments) throws Exception {
      String before = Secrets.hidden(SAID);
      try (ObjectInputStream in = new ObjectInputStream(System.in)) {
        Object unused = in.readObject();
      }
      byte[] said = (before + "\n" + Secrets.hidden(SAID) + "\n").getBytes(StandardCharsets.UTF_8);
      System.out.write(said);
      System.out.flush();
    }
  }
}
