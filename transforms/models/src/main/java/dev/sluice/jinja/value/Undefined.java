package dev.sluice.jinja.value;

/**
 * What stands for a variable or attribute that is not there: empty text, no items, false. Going on
 * from it (an attribute, a call, arithmetic) fails with its message.
 *
 * @param message what is missing
 */
public record Undefined(String message) {

  public TemplateException used() {
    return new TemplateException(message);
  }
}
