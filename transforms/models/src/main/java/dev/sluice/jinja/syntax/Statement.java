package dev.sluice.jinja.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a template does. */
public sealed interface Statement {

  /** Text outside tags. */
  record Literal(String text) implements Statement {}

  /** <code>{{ value }}</code>. */
  record Output(Expression value, int line) implements Statement {}

  /** {@code if}: the first body whose test holds. */
  record If(List<Branch> branches, List<Statement> otherwise) implements Statement {}

  /** A test and what it guards. */
  record Branch(Expression test, List<Statement> body, int line) {}

  /** {@code for}. */
  record For(
      Target target,
      Expression items,
      @Nullable Expression test,
      List<Statement> body,
      List<Statement> otherwise,
      int line)
      implements Statement {}

  /** {@code set a = b}. */
  record Assign(Target target, Expression value, int line) implements Statement {}

  /** {@code set a} up to {@code endset}; the filter reads {@link Parser#CAPTURED}. */
  record Capture(Target target, Expression filter, List<Statement> body, int line)
      implements Statement {}

  /** {@code filter} up to {@code endfilter}; the filter reads {@link Parser#CAPTURED}. */
  record Pass(Expression filter, List<Statement> body, int line) implements Statement {}

  /** {@code with a = b}. */
  record With(List<Target> targets, List<Expression> values, List<Statement> body, int line)
      implements Statement {}

  /** {@code macro}. */
  record Define(String name, Signature signature, List<Statement> body, int line)
      implements Statement {}

  /** {@code call}: a macro that is given a body. */
  record CallWith(Expression.Call call, Signature signature, List<Statement> body, int line)
      implements Statement {}

  /** {@code generation}: what the assistant wrote. */
  record Generation(List<Statement> body) implements Statement {}

  /** {@code break}. */
  record Break() implements Statement {}

  /** {@code continue}. */
  record Continue() implements Statement {}

  /**
   * Parameters; the last ones have defaults.
   *
   * @param defaults one for each of the last parameters
   */
  record Signature(List<String> names, List<Expression> defaults) {
    static final Signature NONE = new Signature(List.of(), List.of());
  }

  /** What a value is given to. */
  sealed interface Target {}

  /** A variable. */
  record Variable(String name) implements Target {}

  /** An attribute of a namespace. */
  record Member(String namespace, String attribute) implements Target {}

  /** Several, for the items of one value. */
  record Unpacked(List<Target> targets) implements Target {}
}
