package dev.sluice.jinja.value;

/** What is wrong with a template or with what it was given; gets its line on the way out. */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int line;

  public TemplateException(String message) {
    this(message, 0);
  }

  public TemplateException(String message, int line) {
    super(message);
    this.line = line;
  }

  /** The line, from 1; 0 if it is not known. */
  public int line() {
    return line;
  }

  /** The same with a line, unless it has one. */
  public TemplateException at(int where) {
    return line > 0 ? this : new TemplateException(String.valueOf(getMessage()), where);
  }
}
