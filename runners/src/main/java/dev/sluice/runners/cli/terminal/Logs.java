package dev.sluice.runners.cli.terminal;

import dev.sluice.records.Printable;
import dev.sluice.records.Secrets;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.logging.FileHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import java.util.stream.Stream;

/**
 * Logging of the process: nothing on standard error unless asked for, everything of ours and the
 * warnings of Flink, Beam and Hadoop in the run's folder. On a cluster Flink's own logging stands.
 */
public final class Logs {
  // Held here, or their levels would be collected with them.
  private static final Logger ROOT = Logger.getLogger("");
  private static final Logger OURS = Logger.getLogger("dev.sluice");

  /** Warnings that say nothing about a run in one process. */
  private static final List<Logger> NOISE =
      Stream.of(
              "org.apache.flink.metrics",
              "org.apache.flink.runtime.metrics",
              "org.apache.flink.runtime.security.token",
              "org.apache.flink.runtime.webmonitor")
          .map(Logger::getLogger)
          .toList();

  private Logs() {}

  /** Sends log lines of a level to standard error. */
  public static void toStandardError(GlobalOptions.LogLevel level) {
    for (Handler handler : ROOT.getHandlers()) {
      ROOT.removeHandler(handler);
    }
    ROOT.setLevel(Level.OFF);
    NOISE.forEach(logger -> logger.setLevel(Level.SEVERE));
    Level wanted =
        switch (level) {
          case OFF -> Level.OFF;
          case ERROR -> Level.SEVERE;
          case WARN -> Level.WARNING;
          case INFO -> Level.INFO;
          case DEBUG -> Level.FINE;
        };
    if (wanted.equals(Level.OFF)) {
      return;
    }
    Handler handler =
        new StreamHandler(System.err, new LineFormatter()) {
          @Override
          public synchronized void publish(LogRecord line) {
            super.publish(line);
            flush();
          }
        };
    handler.setLevel(wanted);
    ROOT.addHandler(handler);
    ROOT.setLevel(wanted.intValue() < Level.INFO.intValue() ? Level.INFO : wanted);
    OURS.setLevel(wanted);
  }

  /** Sends our log lines, and the warnings of others, to a run's own log as well. */
  public static void toFile(Path file) {
    try {
      FileHandler handler = new FileHandler(file.toString(), true);
      handler.setFormatter(new LineFormatter());
      handler.setLevel(Level.INFO);
      ROOT.addHandler(handler);
      if (ROOT.getLevel().intValue() > Level.WARNING.intValue()) {
        ROOT.setLevel(Level.WARNING);
      }
      if (OURS.getLevel() == null || OURS.getLevel().intValue() > Level.INFO.intValue()) {
        OURS.setLevel(Level.INFO);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The log %s cannot be written.".formatted(file), e);
    }
  }

  /** One line: time, level, thread, logger, message; a stack trace below it. */
  private static final class LineFormatter extends Formatter {
    @Override
    public String format(LogRecord line) {
      StringBuilder text =
          new StringBuilder(160)
              .append(Instant.ofEpochMilli(line.getMillis()))
              .append(' ')
              .append(line.getLevel().getName())
              .append(" [thread=")
              .append(line.getLongThreadID())
              .append("] ")
              .append(line.getLoggerName())
              .append(": ")
              .append(formatMessage(line))
              .append('\n');
      if (line.getThrown() != null) {
        StringWriter trace = new StringWriter();
        line.getThrown().printStackTrace(new PrintWriter(trace, true));
        text.append(trace);
      }
      return Printable.text(Secrets.hidden(text.toString()));
    }
  }
}
