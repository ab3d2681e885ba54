package dev.sluice.runners.fuzz;

import dev.sluice.runners.fuzz.targets.Sentence;
import dev.sluice.runners.fuzz.targets.Target;
import org.jspecify.annotations.Nullable;

/**
 * What a reader did with one input.
 *
 * @param accepted whether it took it
 * @param fault what was wrong; null if nothing was
 */
public record Trial(boolean accepted, @Nullable Throwable fault) {

  /** Reads an input. */
  static Trial of(Target target, Target.Reader reader, byte[] input) {
    Sentence.reading(input);
    try {
      return new Trial(reader.read(input), null);
    } catch (Throwable e) {
      if (!target.refusals().contains(e.getClass())) {
        return new Trial(false, e);
      }
      String wrong = Sentence.fault(e.getMessage());
      return new Trial(
          false,
          wrong == null
              ? null
              : new IllegalStateException("The message of a refusal " + wrong + ".", e));
    }
  }

  /** The place in the program that the fault is from: equal for equal faults. */
  String place() {
    Throwable e = fault;
    if (e == null) {
      return "";
    }
    StringBuilder place = new StringBuilder(e.getClass().getSimpleName());
    if (e instanceof IllegalStateException && e.getCause() != null) {
      place.append(' ').append(e.getMessage());
      e = e.getCause();
    }
    if (e instanceof StackOverflowError) {
      return place.toString();
    }
    int shown = 0;
    for (StackTraceElement at : e.getStackTrace()) {
      if (at.getClassName().startsWith("dev.sluice.") && shown++ < 3) {
        place.append(" < ").append(at.getFileName()).append(':').append(at.getLineNumber());
      }
    }
    return place.toString();
  }
}
