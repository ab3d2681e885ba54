package dev.sluice.runners.cli.run;

import dev.sluice.pipelines.run.driver.RunListener;
import dev.sluice.pipelines.run.folder.RunProgress;
import dev.sluice.pipelines.run.folder.StageReport;
import dev.sluice.runners.cli.terminal.Numbers;
import dev.sluice.runners.cli.terminal.Terminal;
import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Progress for people: one bar that moves on a terminal, a line every few seconds elsewhere. */
public final class ProgressView implements RunListener {
  private static final Duration LINE_PACE = Duration.ofSeconds(5);
  private static final Duration STALLED = Duration.ofSeconds(60);
  private static final Duration FIRST_RATE = Duration.ofSeconds(1);
  private static final int BAR = 24;

  private final Terminal terminal;

  private Duration lastLine = Duration.ZERO;
  private String watched = "";
  private boolean saidStalled;
  private boolean barShown;

  public ProgressView(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void began(StageReport stage, int number, int of) {
    lastLine = Duration.ZERO;
    saidStalled = false;
    if (!terminal.interactive()) {
      line("[%d/%d] %s (%s)".formatted(number, of, stage.name(), stage.type()));
    }
  }

  @Override
  public void progress(RunProgress progress) {
    boolean stalled = progress.silent().compareTo(STALLED) >= 0;
    if (terminal.interactive()) {
      bar(text(progress, true) + (stalled ? stalledText(progress) : ""));
      return;
    }
    boolean due = progress.elapsed().minus(lastLine).compareTo(LINE_PACE) >= 0;
    if (stalled && !saidStalled) {
      line("  " + progress.stage() + stalledText(progress));
    } else if (!stalled && due) {
      lastLine = progress.elapsed();
      line("  " + text(progress, false));
    }
    saidStalled = stalled;
  }

  /** The progress of a run of another process, whose stages may have changed meanwhile. */
  void watched(RunProgress progress) {
    if (!progress.stage().equals(watched)) {
      watched = progress.stage();
      lastLine = Duration.ZERO.minus(LINE_PACE);
    }
    progress(progress);
  }

  /** No more is to come. */
  void end() {
    clear();
  }

  @Override
  public void ended(StageReport stage) {
    clear();
    line(
        "%s %s: %s rows out, %s dead, %s%s"
            .formatted(
                switch (stage.state()) {
                  case FAILED -> "FAILED";
                  case NOT_RUN -> "stopped";
                  default -> "done  ";
                },
                stage.name(),
                Numbers.whole(stage.counts().out()),
                Numbers.whole(stage.counts().dead()),
                Numbers.time(stage.seconds()),
                switch (stage.state()) {
                  case REUSED -> ", reused";
                  case NOT_RUN ->
                      "; %s finished shards are kept".formatted(Numbers.whole(stage.shards()));
                  case RESUMED ->
                      ", %d of %d shards resumed".formatted(stage.shardsReused(), stage.shards());
                  default -> "";
                }));
  }

  @Override
  public void warning(String stage, String message) {
    clear();
    line("warning: %s: %s".formatted(stage, message));
  }

  public static String text(RunProgress progress, boolean withBar) {
    StringBuilder text = new StringBuilder();
    text.append('[').append(progress.number()).append('/').append(progress.stages()).append("] ");
    text.append(progress.stage());
    if (!progress.label().isEmpty() && !progress.label().equals(progress.stage())) {
      text.append(", ").append(progress.label());
    }
    text.append("  ");
    if (withBar) {
      int filled = (int) Math.round(progress.share() * BAR);
      text.append('[').append("#".repeat(filled)).append("-".repeat(BAR - filled)).append("]  ");
    }
    if (progress.rows() > 0 || progress.rowsExpected() != null) {
      text.append(of(progress.rows(), progress.rowsExpected()))
          .append(progress.training() ? " steps  " : " rows  ");
    }
    text.append(progress.shardsDone()).append('/').append(progress.shards()).append(" shards");
    if (progress.replies() > 0) {
      text.append("  ")
          .append(of(progress.replies(), progress.repliesExpected()))
          .append(" replies");
    }
    // What a stage has said in its first moments is no rate.
    if (progress.elapsed().compareTo(FIRST_RATE) >= 0) {
      if (progress.rowsPerSecond() > 0) {
        text.append("  ")
            .append(Numbers.rate(progress.rowsPerSecond()))
            .append(progress.training() ? " steps/s" : " rows/s");
      }
      if (progress.tokensPerSecond() > 0) {
        text.append("  ").append(Numbers.rate(progress.tokensPerSecond())).append(" tokens/s");
      }
    }
    text.append("  ").append(Numbers.clock(progress.elapsed()));
    Duration left = progress.left();
    if (left != null) {
      text.append(", ").append(Numbers.clock(left)).append(" left");
      Duration run = progress.runLeft();
      if (run != null && progress.number() < progress.stages()) {
        text.append(", ").append(Numbers.clock(run)).append(" of the run");
      }
    }
    return text.toString();
  }

  private static String of(long done, @Nullable Long expected) {
    return expected == null
        ? Numbers.whole(done)
        : Numbers.whole(done) + "/" + Numbers.whole(expected);
  }

  private static String stalledText(RunProgress progress) {
    return "  no progress for %s".formatted(Numbers.clock(progress.silent()));
  }

  private void bar(String text) {
    int width = terminal.columns() - 1;
    PrintStream err = terminal.err();
    terminal.eraseLine();
    err.print(text.length() > width ? text.substring(0, width) : text);
    err.flush();
    barShown = true;
  }

  private void clear() {
    if (barShown) {
      terminal.eraseLine();
      barShown = false;
    }
  }

  private void line(String text) {
    terminal.err().println(text);
    terminal.err().flush();
  }
}
