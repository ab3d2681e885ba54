package dev.sluice.jinja;

import dev.sluice.jinja.syntax.Expression;
import dev.sluice.jinja.syntax.Statement;
import java.util.List;

/** Whether statements mention a variable. */
final class Uses {
  private Uses() {}

  /** Records say what they hold: the text of one shows every name within. */
  static boolean name(String name, List<Statement> body) {
    return body.toString().contains(new Expression.Name(name).toString());
  }
}
