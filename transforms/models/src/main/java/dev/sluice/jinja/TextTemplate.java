package dev.sluice.jinja;

import dev.sluice.jinja.syntax.Parser;
import dev.sluice.jinja.syntax.Statement;
import dev.sluice.jinja.value.Dict;
import dev.sluice.jinja.value.Limits;
import dev.sluice.jinja.value.None;
import dev.sluice.jinja.value.TemplateException;
import java.math.BigInteger;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A template of plain text, in the language of chat templates and with its bounds of work. A line
 * break at the end belongs to the text, and what is not there is refused where it would be written.
 * Values are data: nothing of them is ever read as a template. Safe for several threads.
 */
public final class TextTemplate {
  private final List<Statement> body;
  private final Map<String, UnaryOperator<String>> filters;

  /**
   * Reads a template.
   *
   * @param filters more filters of texts, by name
   * @throws TemplateException naming the line, what was read and what was expected
   */
  public TextTemplate(String template, Map<String, UnaryOperator<String>> filters) {
    this.filters = Map.copyOf(filters);
    try {
      // The language drops one line break at the end.
      body = Parser.parse(template.endsWith("\n") ? template + "\n" : template);
    } catch (StackOverflowError e) {
      throw new TemplateException("it is nested too deeply");
    }
  }

  /**
   * A name in a template.
   *
   * @param name the name
   * @param line of the tag in which it is, from 1
   */
  public record Use(String name, int line) {}

  /** The variables that the template reads and does not set itself, in the order of reading. */
  public List<Use> variables() {
    return TemplateNames.of(body).variables();
  }

  /** The attributes that it reads of a variable, as {@code variable.NAME}, in its order. */
  public List<Use> attributes(String variable) {
    return TemplateNames.of(body).attributes(variable);
  }

  /** The filters that it names and that are not there, in its order. */
  public List<Use> unknownFilters() {
    return TemplateNames.of(body).filters().stream()
        .filter(use -> !Filters.NAMES.contains(use.name()) && !filters.containsKey(use.name()))
        .toList();
  }

  /** The filters that there are. */
  public List<String> filters() {
    List<String> all = new ArrayList<>(Filters.NAMES);
    all.addAll(filters.keySet());
    return all.stream().sorted().toList();
  }

  /**
   * The text.
   *
   * @param variables null, {@code Boolean}, {@code Integer}, {@code Double}, {@code String}, and
   *     lists and maps of those
   * @throws TemplateException if it goes wrong or does more than {@link Limits} allows, with the
   *     line
   */
  public String render(Map<String, ? extends @Nullable Object> variables) {
    Map<String, Object> values = new HashMap<>();
    variables.forEach((name, value) -> values.put(name, value(value)));
    try {
      return Interpreter.run(body, values, filters, TextTemplate::noClock);
    } catch (StackOverflowError e) {
      throw new TemplateException("its values are nested too deeply");
    }
  }

  /** The time would make a text another one with each run. */
  private static ZonedDateTime noClock() {
    throw new TemplateException("'strftime_now' would make another text with each run");
  }

  private static Object value(@Nullable Object value) {
    if (value == null) {
      return None.NONE;
    }
    if (value instanceof Integer number) {
      return BigInteger.valueOf(number);
    }
    if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>();
      list.forEach(item -> items.add(value(item)));
      return List.copyOf(items);
    }
    if (value instanceof Map<?, ?> map) {
      Dict dict = new Dict();
      map.forEach((key, item) -> dict.with(value(key), value(item)));
      return dict;
    }
    if (value instanceof String || value instanceof Boolean || value instanceof Double) {
      return value;
    }
    throw new IllegalArgumentException("No value of a template: " + value.getClass());
  }
}
