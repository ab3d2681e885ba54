package dev.sluice.jinja;

import dev.sluice.jinja.value.Undefined;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Variables; what is not here is looked for in the scope around. */
final class Scope {
  private final Map<String, Object> variables = new HashMap<>();
  private final @Nullable Scope around;

  Scope(@Nullable Scope around) {
    this.around = around;
  }

  Object get(String name) {
    for (Scope scope = this; scope != null; scope = scope.around) {
      Object value = scope.variables.get(name);
      if (value != null) {
        return value;
      }
    }
    return new Undefined("'" + name + "' is undefined");
  }

  void set(String name, Object value) {
    variables.put(name, value);
  }
}
