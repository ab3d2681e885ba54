package dev.sluice.runners.cli;

import dev.sluice.pipelines.run.RunListener;
import dev.sluice.pipelines.run.StageReport;
import dev.sluice.pipelines.run.WaveProgress;
import java.io.PrintStream;
import java.time.Duration;

/** Progress for people: one bar that moves on a terminal, a line every few seconds elsewhere. */
final class ProgressView implements RunListener {
  private static final Duration LINE_PACE = Duration.ofSeconds(5);
  private static final Duration STALLED = Duration.ofSeconds(60);
  private static final Duration FIRST_RATE = Duration.ofSeconds(1);
  private static final int BAR = 24;

  private final Terminal terminal;

  /** How long the stage's earlier waves took: many short waves are shown as one long one is. */
  private Duration earlier = Duration.ZERO;

  /** How far the wave at work was when it was last told about. */
  private Duration lastSeen = Duration.ZERO;

  private Duration lastLine = Duration.ZERO;
  private String lastWave = "";
  private boolean saidStalled;
  private boolean barShown;

  ProgressView(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void began(StageReport stage, int number, int of) {
    earlier = Duration.ZERO;
    lastSeen = Duration.ZERO;
    lastLine = Duration.ZERO;
    lastWave = "";
    saidStalled = false;
    if (!terminal.interactive()) {
      line("[%d/%d] %s (%s)".formatted(number, of, stage.name(), stage.type()));
    }
  }

  @Override
  public void progress(WaveProgress progress) {
    boolean stalled = progress.silent().compareTo(STALLED) >= 0;
    if (terminal.interactive()) {
      bar(text(progress, true) + (stalled ? stalledText(progress) : ""));
      return;
    }
    if (!progress.label().equals(lastWave) || progress.elapsed().compareTo(lastSeen) < 0) {
      earlier = earlier.plus(lastSeen);
      lastWave = progress.label();
    }
    lastSeen = progress.elapsed();
    Duration now = earlier.plus(lastSeen);
    boolean due = now.minus(lastLine).compareTo(LINE_PACE) >= 0;
    if (stalled && !saidStalled) {
      line("  " + progress.stage() + stalledText(progress));
    } else if (!stalled && due) {
      lastLine = now;
      line("  " + text(progress, false));
    }
    saidStalled = stalled;
  }

  @Override
  public void ended(StageReport stage) {
    clear();
    line(
        "%s %s: %s rows out, %s dead, %s%s"
            .formatted(
                stage.state() == StageReport.State.FAILED ? "FAILED" : "done  ",
                stage.name(),
                Numbers.whole(stage.counts().out()),
                Numbers.whole(stage.counts().dead()),
                Numbers.time(stage.seconds()),
                switch (stage.state()) {
                  case REUSED -> ", reused";
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

  static String text(WaveProgress progress, boolean withBar) {
    StringBuilder text = new StringBuilder();
    text.append(progress.stage());
    if (!progress.label().isEmpty() && !progress.label().equals(progress.stage())) {
      text.append(", ").append(progress.label());
    }
    text.append("  ");
    if (withBar) {
      int filled = (int) Math.round(progress.share() * BAR);
      text.append('[').append("#".repeat(filled)).append("-".repeat(BAR - filled)).append("]  ");
    }
    text.append(progress.unitsDone()).append('/').append(progress.units()).append(" shards");
    if (progress.rowsOf() > 0) {
      text.append("  ")
          .append(Numbers.whole(progress.rowsDone()))
          .append('/')
          .append(Numbers.whole(progress.rowsOf()))
          .append(" rows  ")
          .append(Numbers.rate(progress.rowsPerSecond()))
          .append(" rows/s");
    }
    if (progress.rowsDone() == 0 && progress.usage().calls() > 0) {
      text.append("  ").append(Numbers.whole(progress.usage().calls())).append(" replies");
    }
    long tokens = progress.usage().promptTokens() + progress.usage().completionTokens();
    // What a wave has said in its first moments is no rate.
    if (tokens > 0 && progress.elapsed().compareTo(FIRST_RATE) >= 0) {
      text.append("  ").append(Numbers.rate(progress.tokensPerSecond())).append(" tokens/s");
    }
    text.append("  ").append(Numbers.time(progress.elapsed()));
    Duration left = progress.left();
    if (left != null) {
      text.append(", ").append(Numbers.time(left)).append(" left");
    }
    return text.toString();
  }

  private static String stalledText(WaveProgress progress) {
    return "  no progress for %s".formatted(Numbers.time(progress.silent()));
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
