package dev.sluice.jinja.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has a value. */
public sealed interface Expression {

  /** A literal. */
  record Constant(Object value) implements Expression {}

  /** A variable. */
  record Name(String name) implements Expression {}

  /** {@code [a, b]}. */
  record ListOf(List<Expression> items) implements Expression {}

  /** {@code (a, b)}. */
  record TupleOf(List<Expression> items) implements Expression {}

  /** <code>{a: b}</code>. */
  record DictOf(List<Expression> keys, List<Expression> values) implements Expression {}

  /** {@code -a} and {@code +a}. */
  record Signed(String sign, Expression operand) implements Expression {}

  /** Arithmetic. */
  record Binary(String sign, Expression left, Expression right) implements Expression {}

  /** {@code a ~ b ~ c}. */
  record Joined(List<Expression> parts) implements Expression {}

  /** {@code a < b <= c}: each sign with what is right of it. */
  record Compared(Expression first, List<String> signs, List<Expression> others)
      implements Expression {}

  /** {@code a and b}. */
  record And(Expression left, Expression right) implements Expression {}

  /** {@code a or b}. */
  record Or(Expression left, Expression right) implements Expression {}

  /** {@code not a}. */
  record Not(Expression operand) implements Expression {}

  /** {@code a if b else c}. */
  record Choice(Expression test, Expression then, @Nullable Expression otherwise)
      implements Expression {}

  /** {@code a.b}. */
  record Attribute(Expression target, String name) implements Expression {}

  /** {@code a[b]}. */
  record Item(Expression target, Expression index) implements Expression {}

  /** {@code a:b:c} within brackets. */
  record Slice(@Nullable Expression start, @Nullable Expression stop, @Nullable Expression step)
      implements Expression {}

  /** {@code a(b, c=d)}. */
  record Call(Expression target, Given given) implements Expression {}

  /** {@code a | b(c)}. */
  record Filtered(Expression target, String name, Given given) implements Expression {}

  /** {@code a is b(c)}. */
  record Tested(Expression target, String name, Given given) implements Expression {}

  /** What is written between the parentheses of a call. */
  record Given(
      List<Expression> positional,
      List<String> names,
      List<Expression> named,
      @Nullable Expression more,
      @Nullable Expression moreNamed) {
    static final Given NOTHING = new Given(List.of(), List.of(), List.of(), null, null);
  }
}
