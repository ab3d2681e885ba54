package dev.sluice.jinja;

import dev.sluice.jinja.syntax.Statement;
import dev.sluice.jinja.syntax.Statement.Signature;
import dev.sluice.jinja.value.Arguments;
import dev.sluice.jinja.value.Callable;
import dev.sluice.jinja.value.Dict;
import dev.sluice.jinja.value.TemplateException;
import dev.sluice.jinja.value.Tuple;
import dev.sluice.jinja.value.Undefined;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A macro, or the body that a {@code call} block gives to one. */
public final class Macro implements Callable {
  private final String name;
  private final Signature signature;
  private final List<Statement> body;
  private final Scope around;
  private final Interpreter interpreter;

  Macro(
      String name,
      Signature signature,
      List<Statement> body,
      Scope around,
      Interpreter interpreter) {
    this.name = name;
    this.signature = signature;
    this.body = body;
    this.around = around;
    this.interpreter = interpreter;
  }

  public String shownName() {
    return name.isEmpty() ? "anonymous" : "'" + name + "'";
  }

  List<Object> parameters() {
    return List.copyOf(signature.names());
  }

  String name() {
    return name;
  }

  @Override
  public Object call(Arguments arguments) {
    List<String> names = signature.names();
    Scope scope = new Scope(around);
    Map<String, Object> named = new LinkedHashMap<>(arguments.named());
    int given = Math.min(names.size(), arguments.positional().size());
    int firstDefault = names.size() - signature.defaults().size();
    for (int i = 0; i < names.size(); i++) {
      String parameter = names.get(i);
      Object value = i < given ? arguments.positional().get(i) : named.remove(parameter);
      if (value == null) {
        value =
            i >= firstDefault
                ? interpreter.evaluator().value(signature.defaults().get(i - firstDefault), scope)
                : new Undefined("parameter '" + parameter + "' was not provided");
      }
      scope.set(parameter, value);
    }
    if (!names.contains("caller")) {
      Object caller = named.remove("caller");
      scope.set("caller", caller == null ? new Undefined("No caller defined") : caller);
    }
    extra(scope, arguments.positional().subList(given, arguments.positional().size()), named);
    return interpreter.captured(body, scope);
  }

  private void extra(Scope scope, List<Object> positional, Map<String, Object> named) {
    if (!positional.isEmpty() && !Uses.name("varargs", body)) {
      throw new TemplateException(
          "macro %s takes at most %d argument(s)".formatted(shownName(), signature.names().size()));
    }
    if (!named.isEmpty() && !Uses.name("kwargs", body)) {
      throw new TemplateException(
          "macro %s has no argument '%s'; it has: %s"
              .formatted(
                  shownName(),
                  new ArrayList<>(named.keySet()).get(0),
                  signature.names().isEmpty() ? "none" : String.join(", ", signature.names())));
    }
    if (!signature.names().contains("varargs")) {
      scope.set("varargs", new Tuple(positional));
    }
    if (!signature.names().contains("kwargs")) {
      Dict dict = new Dict();
      named.forEach(dict::with);
      scope.set("kwargs", dict);
    }
  }
}
