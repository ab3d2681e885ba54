package dev.sluice.jinja;

import dev.sluice.jinja.syntax.Expression;
import dev.sluice.jinja.syntax.Expression.Given;
import dev.sluice.jinja.value.Arguments;
import dev.sluice.jinja.value.Arithmetic;
import dev.sluice.jinja.value.Callable;
import dev.sluice.jinja.value.Dict;
import dev.sluice.jinja.value.Limits;
import dev.sluice.jinja.value.None;
import dev.sluice.jinja.value.Slices;
import dev.sluice.jinja.value.TemplateException;
import dev.sluice.jinja.value.Tuple;
import dev.sluice.jinja.value.Undefined;
import dev.sluice.jinja.value.Values;
import dev.sluice.jinja.value.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The values of expressions. What an expression yields is data: nothing of it is ever read as a
 * template.
 */
final class Evaluator {
  private final Limits limits;
  private final Filters filters;

  /**
   * @param more filters of texts, by name
   */
  Evaluator(Limits limits, Map<String, UnaryOperator<String>> more) {
    this.limits = limits;
    this.filters = new Filters(limits, more);
  }

  Object value(Expression expression, Scope scope) {
    limits.step(None.NONE);
    if (expression instanceof Expression.Constant constant) {
      return constant.value();
    }
    if (expression instanceof Expression.Name name) {
      return scope.get(name.name());
    }
    if (expression instanceof Expression.Attribute attribute) {
      return Attributes.attribute(value(attribute.target(), scope), attribute.name());
    }
    if (expression instanceof Expression.Item item) {
      return item(item, scope);
    }
    if (expression instanceof Expression.Call call) {
      return called(call, scope, null);
    }
    if (expression instanceof Expression.Filtered filtered) {
      Object target = value(filtered.target(), scope);
      Arguments arguments = arguments(filtered.given(), scope);
      limits.step(target);
      return limits.made(filters.apply(filtered.name(), target, arguments));
    }
    if (expression instanceof Expression.Tested tested) {
      Object target = value(tested.target(), scope);
      limits.step(target);
      return Tests.holds(tested.name(), target, arguments(tested.given(), scope));
    }
    return operated(expression, scope);
  }

  private Object operated(Expression expression, Scope scope) {
    if (expression instanceof Expression.And and) {
      Object left = value(and.left(), scope);
      return Values.truth(left) ? value(and.right(), scope) : left;
    }
    if (expression instanceof Expression.Or or) {
      Object left = value(or.left(), scope);
      return Values.truth(left) ? left : value(or.right(), scope);
    }
    if (expression instanceof Expression.Not not) {
      return !Values.truth(value(not.operand(), scope));
    }
    if (expression instanceof Expression.Compared compared) {
      return compared(compared, scope);
    }
    if (expression instanceof Expression.Binary binary) {
      Object left = value(binary.left(), scope);
      Object right = value(binary.right(), scope);
      limits.step(left);
      return limits.made(Arithmetic.binary(binary.sign(), left, right));
    }
    if (expression instanceof Expression.Joined joined) {
      StringBuilder text = new StringBuilder();
      for (Expression part : joined.parts()) {
        text.append(Writer.text(value(part, scope)));
        Limits.text(text.length());
      }
      return limits.made(text.toString());
    }
    if (expression instanceof Expression.Choice choice) {
      if (Values.truth(value(choice.test(), scope))) {
        return value(choice.then(), scope);
      }
      return choice.otherwise() == null
          ? new Undefined("an inline 'if' without 'else' did not hold")
          : value(choice.otherwise(), scope);
    }
    if (expression instanceof Expression.Signed signed) {
      return Arithmetic.signed(signed.sign(), value(signed.operand(), scope));
    }
    return built(expression, scope);
  }

  private Object built(Expression expression, Scope scope) {
    if (expression instanceof Expression.ListOf list) {
      return values(list.items(), scope);
    }
    if (expression instanceof Expression.TupleOf tuple) {
      return new Tuple(values(tuple.items(), scope));
    }
    if (expression instanceof Expression.DictOf dict) {
      Dict built = new Dict();
      for (int i = 0; i < dict.keys().size(); i++) {
        built.with(value(dict.keys().get(i), scope), value(dict.values().get(i), scope));
      }
      return built;
    }
    throw new TemplateException("a slice such as 1:2 stands alone between brackets");
  }

  private List<Object> values(List<Expression> expressions, Scope scope) {
    List<Object> values = new ArrayList<>(expressions.size());
    for (Expression expression : expressions) {
      values.add(value(expression, scope));
    }
    return List.copyOf(values);
  }

  private Object item(Expression.Item item, Scope scope) {
    Object target = value(item.target(), scope);
    if (item.index() instanceof Expression.Slice slice) {
      if (target instanceof Undefined missing) {
        throw missing.used();
      }
      limits.step(target);
      return limits.made(
          Slices.slice(
              target,
              bound(slice.start(), scope),
              bound(slice.stop(), scope),
              bound(slice.step(), scope)));
    }
    Object index = value(item.index(), scope);
    limits.step(target);
    return Attributes.item(target, index);
  }

  private Object bound(@Nullable Expression expression, Scope scope) {
    return expression == null ? None.NONE : value(expression, scope);
  }

  private Object compared(Expression.Compared compared, Scope scope) {
    Object left = value(compared.first(), scope);
    for (int i = 0; i < compared.signs().size(); i++) {
      Object right = value(compared.others().get(i), scope);
      limits.step(left);
      limits.step(right);
      if (!Arithmetic.compare(compared.signs().get(i), left, right)) {
        return false;
      }
      left = right;
    }
    return true;
  }

  /**
   * What a call gives.
   *
   * @param caller the body of a {@code call} block; null if it is none
   */
  Object called(Expression.Call call, Scope scope, @Nullable Macro caller) {
    Object target = value(call.target(), scope);
    Arguments arguments = arguments(call.given(), scope);
    if (caller != null) {
      Map<String, Object> named = new LinkedHashMap<>(arguments.named());
      named.put("caller", caller);
      arguments = new Arguments(arguments.positional(), named);
    }
    if (target instanceof Undefined missing) {
      throw missing.used();
    }
    if (!(target instanceof Callable callable)) {
      throw new TemplateException(Values.described(target) + " cannot be called");
    }
    limits.step(
        call.target() instanceof Expression.Attribute a ? value(a.target(), scope) : target);
    return limits.made(callable.call(arguments));
  }

  private Arguments arguments(Given given, Scope scope) {
    List<Object> positional = new ArrayList<>(values(given.positional(), scope));
    if (given.more() != null) {
      positional.addAll(Values.list(value(given.more(), scope)));
    }
    Map<String, Object> named = new LinkedHashMap<>();
    for (int i = 0; i < given.names().size(); i++) {
      named.put(given.names().get(i), value(given.named().get(i), scope));
    }
    if (given.moreNamed() != null) {
      if (!(value(given.moreNamed(), scope) instanceof Dict dict)) {
        throw new TemplateException("'**' wants a dict");
      }
      dict.keys().forEach(key -> named.put(Writer.text(key), optional(dict.get(key))));
    }
    return new Arguments(positional, named);
  }

  private static Object optional(@Nullable Object value) {
    return value == null ? None.NONE : value;
  }
}
