package dev.sluice.jinja.value;

import java.util.Collection;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What is wrong with a template or with what it was given; gets its line on the way out. */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String what;
  private final String unknown;
  private final List<String> known;
  private final String more;
  private final int line;

  public TemplateException(String message) {
    this(message, 0);
  }

  public TemplateException(String message, int line) {
    this(message, "", List.of(), "", line);
  }

  private TemplateException(
      String what, String unknown, List<String> known, String more, int line) {
    super(what + more);
    this.what = what;
    this.unknown = unknown;
    this.known = known;
    this.more = more;
    this.line = line;
  }

  /**
   * A name that is not among those that are known.
   *
   * @param what the beginning of the message, such as {@code there is no filter 'x'}
   * @param more names that are known here alone, as the end of the message
   */
  public static TemplateException unknown(
      String what, String name, List<String> known, String more, int line) {
    return new TemplateException(
        what, name, known, "; there are: " + String.join(", ", known) + more, line);
  }

  /**
   * The message, with the known name that someone may have meant.
   *
   * @param nearest finds it, given a name and those that are known
   */
  public String message(BiFunction<String, Collection<String>, @Nullable String> nearest) {
    String meant = nearest.apply(unknown, known);
    return what + (meant == null ? "" : " (did you mean '" + meant + "'?)") + more;
  }

  /** The line, from 1; 0 if it is not known. */
  public int line() {
    return line;
  }

  /** The same with a line, unless it has one. */
  public TemplateException at(int where) {
    return line > 0 ? this : new TemplateException(what, unknown, known, more, where);
  }
}
