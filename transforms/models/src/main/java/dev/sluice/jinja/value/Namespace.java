package dev.sluice.jinja.value;

import java.util.LinkedHashMap;
import java.util.Map;

/** The one thing that a template may change from within a loop. */
public final class Namespace {
  private final Map<String, Object> attributes = new LinkedHashMap<>();

  public Object get(String name) {
    Object value = attributes.get(name);
    return value == null ? new Undefined("the namespace has no attribute '" + name + "'") : value;
  }

  public void set(String name, Object value) {
    if (name.startsWith("_")) {
      throw new TemplateException(
          "a namespace takes no attribute that begins with an underscore, but got '" + name + "'");
    }
    attributes.put(name, value);
  }
}
