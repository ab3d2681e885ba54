package dev.sluice.jinja.syntax;

import dev.sluice.jinja.syntax.Expression.Call;
import dev.sluice.jinja.syntax.Expression.Constant;
import dev.sluice.jinja.syntax.Expression.Filtered;
import dev.sluice.jinja.syntax.Expression.Given;
import dev.sluice.jinja.syntax.Expression.Not;
import dev.sluice.jinja.syntax.Expression.Slice;
import dev.sluice.jinja.syntax.Expression.Tested;
import dev.sluice.jinja.syntax.Token.Kind;
import dev.sluice.jinja.value.None;
import dev.sluice.jinja.value.Numbers;
import dev.sluice.jinja.value.TemplateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Expressions, with Jinja's precedence: the operators first, then what follows an operand. */
final class ExpressionParser {
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", ">", "<=", ">=");
  private static final int MAX_DEPTH = 100;

  private final Cursor cursor;
  private int depth;

  ExpressionParser(Cursor cursor) {
    this.cursor = cursor;
  }

  Expression expression() {
    if (++depth > MAX_DEPTH) {
      throw new TemplateException(
          "an expression is nested more than %d deep".formatted(MAX_DEPTH), cursor.line());
    }
    Expression value = or();
    while (cursor.skipName("if")) {
      Expression test = or();
      value = new Expression.Choice(test, value, cursor.skipName("else") ? expression() : null);
    }
    depth--;
    return value;
  }

  /** An expression, or several with commas between them: a tuple. */
  Expression tuple(boolean choice) {
    List<Expression> items = new ArrayList<>();
    boolean tuple = false;
    while (!ends()) {
      items.add(choice ? expression() : or());
      if (!cursor.skipSign(",")) {
        break;
      }
      tuple = true;
    }
    if (!tuple && items.isEmpty()) {
      throw cursor.unexpected("an expression");
    }
    return tuple ? new Expression.TupleOf(List.copyOf(items)) : items.get(0);
  }

  private boolean ends() {
    Kind kind = cursor.peek().kind();
    return kind == Kind.OUTPUT_END || kind == Kind.BLOCK_END || cursor.isSign(")");
  }

  private Expression or() {
    Expression left = and();
    while (cursor.skipName("or")) {
      left = new Expression.Or(left, and());
    }
    return left;
  }

  private Expression and() {
    Expression left = not();
    while (cursor.skipName("and")) {
      left = new Expression.And(left, not());
    }
    return left;
  }

  private Expression not() {
    int count = 0;
    while (cursor.skipName("not")) {
      count++;
    }
    Expression value = compared();
    for (int i = 0; i < Math.min(count, 2 - count % 2); i++) {
      value = new Not(value);
    }
    return value;
  }

  private Expression compared() {
    Expression first = sum();
    List<String> signs = new ArrayList<>();
    List<Expression> others = new ArrayList<>();
    while (true) {
      if (cursor.peek().kind() == Kind.SIGN && COMPARISONS.contains(cursor.peek().text())) {
        signs.add(cursor.next().text());
      } else if (cursor.skipName("in")) {
        signs.add("in");
      } else if (cursor.isName("not") && cursor.look().isName("in")) {
        cursor.next();
        cursor.next();
        signs.add("not in");
      } else {
        break;
      }
      others.add(sum());
    }
    return signs.isEmpty()
        ? first
        : new Expression.Compared(first, List.copyOf(signs), List.copyOf(others));
  }

  private Expression sum() {
    Expression left = joined();
    while (cursor.isSign("+") || cursor.isSign("-")) {
      left = new Expression.Binary(cursor.next().text(), left, joined());
    }
    return left;
  }

  private Expression joined() {
    List<Expression> parts = new ArrayList<>(List.of(product()));
    while (cursor.skipSign("~")) {
      parts.add(product());
    }
    return parts.size() == 1 ? parts.get(0) : new Expression.Joined(List.copyOf(parts));
  }

  private Expression product() {
    Expression left = power();
    while (cursor.isSign("*") || cursor.isSign("/") || cursor.isSign("//") || cursor.isSign("%")) {
      left = new Expression.Binary(cursor.next().text(), left, power());
    }
    return left;
  }

  private Expression power() {
    Expression left = unary(true);
    while (cursor.isSign("**")) {
      left = new Expression.Binary(cursor.next().text(), left, unary(true));
    }
    return left;
  }

  private Expression unary(boolean filters) {
    if (++depth > MAX_DEPTH) {
      throw new TemplateException(
          "an expression is nested more than %d deep".formatted(MAX_DEPTH), cursor.line());
    }
    Expression value;
    if (cursor.isSign("-") || cursor.isSign("+")) {
      value = new Expression.Signed(cursor.next().text(), unary(false));
    } else {
      value = primary();
    }
    value = postfix(value);
    depth--;
    return filters ? filters(value) : value;
  }

  private Expression primary() {
    Token token = cursor.peek();
    switch (token.kind()) {
      case NAME -> {
        cursor.next();
        return named(token.text());
      }
      case STRING -> {
        StringBuilder text = new StringBuilder();
        while (cursor.peek().kind() == Kind.STRING) {
          text.append(cursor.next().value());
        }
        return new Constant(text.toString());
      }
      case NUMBER -> {
        return new Constant(cursor.next().value());
      }
      default -> {
        if (cursor.skipSign("(")) {
          Expression inner = cursor.isSign(")") ? new Expression.TupleOf(List.of()) : tuple(true);
          cursor.expectSign(")");
          return inner;
        }
        if (cursor.skipSign("[")) {
          return new Expression.ListOf(items("]"));
        }
        if (cursor.skipSign("{")) {
          return dict();
        }
        throw cursor.unexpected("an expression");
      }
    }
  }

  private static Expression named(String name) {
    return switch (name) {
      case "true", "True" -> new Constant(true);
      case "false", "False" -> new Constant(false);
      case "none", "None" -> new Constant(None.NONE);
      default -> new Expression.Name(name);
    };
  }

  private List<Expression> items(String close) {
    List<Expression> items = new ArrayList<>();
    while (!cursor.skipSign(close)) {
      if (!items.isEmpty()) {
        cursor.expectSign(",");
        if (cursor.skipSign(close)) {
          break;
        }
      }
      items.add(expression());
    }
    return List.copyOf(items);
  }

  private Expression dict() {
    List<Expression> keys = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (!cursor.skipSign("}")) {
      if (!keys.isEmpty()) {
        cursor.expectSign(",");
        if (cursor.skipSign("}")) {
          break;
        }
      }
      keys.add(expression());
      cursor.expectSign(":");
      values.add(expression());
    }
    return new Expression.DictOf(List.copyOf(keys), List.copyOf(values));
  }

  private Expression postfix(Expression operand) {
    Expression value = operand;
    while (true) {
      if (cursor.skipSign(".")) {
        value = member(value);
      } else if (cursor.skipSign("[")) {
        value = new Expression.Item(value, index());
      } else if (cursor.isSign("(")) {
        value = new Call(value, given());
      } else {
        return value;
      }
    }
  }

  private Expression member(Expression target) {
    Token token = cursor.next();
    if (token.kind() == Kind.NAME) {
      return new Expression.Attribute(target, token.text());
    }
    if (token.kind() == Kind.NUMBER && Numbers.isInteger(token.value())) {
      return new Expression.Item(target, new Constant(token.value()));
    }
    throw new TemplateException(
        "expected a name or number after '.', but found " + token.described(), token.line());
  }

  private Expression index() {
    List<Expression> places = new ArrayList<>(List.of(place()));
    while (!cursor.skipSign("]")) {
      cursor.expectSign(",");
      if (!cursor.isSign("]")) {
        places.add(place());
      }
    }
    return places.size() == 1 ? places.get(0) : new Expression.TupleOf(List.copyOf(places));
  }

  private Expression place() {
    Expression start = cursor.isSign(":") ? null : expression();
    if (start != null && !cursor.isSign(":")) {
      return start;
    }
    cursor.expectSign(":");
    Expression stop = bound();
    Expression step = cursor.skipSign(":") ? bound() : null;
    return new Slice(start, stop, step);
  }

  private @Nullable Expression bound() {
    return cursor.isSign(":") || cursor.isSign("]") || cursor.isSign(",") ? null : expression();
  }

  /** Filters, tests and calls after an operand. */
  private Expression filters(Expression operand) {
    Expression value = operand;
    while (true) {
      if (cursor.skipSign("|")) {
        value = filter(value);
      } else if (cursor.skipName("is")) {
        value = test(value);
      } else if (cursor.isSign("(")) {
        value = new Call(value, given());
      } else {
        return value;
      }
    }
  }

  /** A filter's name and arguments. */
  Expression filter(Expression target) {
    String name = dotted();
    return new Filtered(target, name, cursor.isSign("(") ? given() : Given.NOTHING);
  }

  private String dotted() {
    StringBuilder name = new StringBuilder(cursor.expectName());
    while (cursor.skipSign(".")) {
      name.append('.').append(cursor.expectName());
    }
    return name.toString();
  }

  private Expression test(Expression target) {
    boolean negated = cursor.skipName("not");
    String name = dotted();
    Given given = Given.NOTHING;
    if (cursor.isSign("(")) {
      given = given();
    } else if (takesOperand()) {
      if (cursor.isName("is")) {
        throw new TemplateException("tests with 'is' cannot follow each other", cursor.line());
      }
      given = new Given(List.of(postfix(primary())), List.of(), List.of(), null, null);
    }
    Expression tested = new Tested(target, name, given);
    return negated ? new Not(tested) : tested;
  }

  private boolean takesOperand() {
    Token token = cursor.peek();
    return switch (token.kind()) {
      case NAME -> !(token.isName("else") || token.isName("or") || token.isName("and"));
      case STRING, NUMBER -> true;
      default -> token.isSign("(") || token.isSign("[") || token.isSign("{");
    };
  }

  private Given given() {
    int line = cursor.line();
    cursor.expectSign("(");
    List<Expression> positional = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<Expression> named = new ArrayList<>();
    Expression more = null;
    Expression moreNamed = null;
    boolean first = true;
    while (!cursor.skipSign(")")) {
      if (!first) {
        cursor.expectSign(",");
        if (cursor.skipSign(")")) {
          break;
        }
      }
      first = false;
      if (cursor.skipSign("*")) {
        ordered(more == null && moreNamed == null, line);
        more = expression();
      } else if (cursor.skipSign("**")) {
        ordered(moreNamed == null, line);
        moreNamed = expression();
      } else if (cursor.peek().kind() == Kind.NAME && cursor.look().isSign("=")) {
        ordered(moreNamed == null, line);
        names.add(cursor.next().text());
        cursor.next();
        named.add(expression());
      } else {
        ordered(more == null && moreNamed == null && names.isEmpty(), line);
        positional.add(expression());
      }
    }
    return new Given(
        List.copyOf(positional), List.copyOf(names), List.copyOf(named), more, moreNamed);
  }

  private static void ordered(boolean holds, int line) {
    if (!holds) {
      throw new TemplateException(
          "arguments of a call come in this order: by place, by name, '*', '**'", line);
    }
  }
}
