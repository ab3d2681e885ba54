package dev.sluice.jinja;

import dev.sluice.jinja.syntax.Expression;
import dev.sluice.jinja.syntax.Parser;
import dev.sluice.jinja.syntax.Statement;
import dev.sluice.jinja.syntax.Statement.Target;
import dev.sluice.jinja.value.Limits;
import dev.sluice.jinja.value.Loop;
import dev.sluice.jinja.value.Namespace;
import dev.sluice.jinja.value.None;
import dev.sluice.jinja.value.Once;
import dev.sluice.jinja.value.TemplateException;
import dev.sluice.jinja.value.Undefined;
import dev.sluice.jinja.value.Values;
import dev.sluice.jinja.value.Writer;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Runs the statements of one template once. */
public final class Interpreter {
  private enum Flow {
    ON,
    BREAK,
    CONTINUE
  }

  private final Limits limits = new Limits();
  private final Evaluator evaluator;

  /** Whether what is not there is refused where it would be written. */
  private final boolean strict;

  private Interpreter(Map<String, UnaryOperator<String>> filters, boolean strict) {
    this.evaluator = new Evaluator(limits, filters);
    this.strict = strict;
  }

  /**
   * The text of a template.
   *
   * @param variables what it is given
   * @param clock for {@code strftime_now}
   * @throws TemplateException with the line
   */
  public static String run(
      List<Statement> template, Map<String, Object> variables, Supplier<ZonedDateTime> clock) {
    return new Interpreter(Map.of(), false).text(template, variables, clock);
  }

  /**
   * The same with more filters; what is not there is refused where it would be written.
   *
   * @param filters of texts, by name
   */
  public static String run(
      List<Statement> template,
      Map<String, Object> variables,
      Map<String, UnaryOperator<String>> filters,
      Supplier<ZonedDateTime> clock) {
    return new Interpreter(filters, true).text(template, variables, clock);
  }

  private String text(
      List<Statement> template, Map<String, Object> variables, Supplier<ZonedDateTime> clock) {
    Scope globals = new Scope(null);
    Globals.fill(globals, clock);
    Scope scope = new Scope(globals);
    variables.forEach(scope::set);
    return captured(template, scope);
  }

  Evaluator evaluator() {
    return evaluator;
  }

  /** What statements write, as text. */
  String captured(List<Statement> body, Scope scope) {
    limits.enter();
    StringBuilder out = new StringBuilder();
    run(body, scope, out);
    limits.leave();
    return limits.made(out.toString());
  }

  private Flow run(List<Statement> body, Scope scope, StringBuilder out) {
    for (Statement statement : body) {
      limits.step(None.NONE);
      Flow flow = run(statement, scope, out);
      Limits.text(out.length());
      if (flow != Flow.ON) {
        return flow;
      }
    }
    return Flow.ON;
  }

  private Flow run(Statement statement, Scope scope, StringBuilder out) {
    if (statement instanceof Statement.Literal literal) {
      out.append(literal.text());
    } else if (statement instanceof Statement.Output output) {
      Object value = value(output.value(), scope, output.line());
      if (strict && value instanceof Undefined missing) {
        throw missing.used().at(output.line());
      }
      out.append(Writer.text(value));
    } else if (statement instanceof Statement.If choice) {
      for (Statement.Branch branch : choice.branches()) {
        if (Values.truth(value(branch.test(), scope, branch.line()))) {
          return run(branch.body(), scope, out);
        }
      }
      return run(choice.otherwise(), scope, out);
    } else if (statement instanceof Statement.For loop) {
      // Work without end is said of the loop that does it.
      located(loop.line(), () -> loop(loop, scope, out));
    } else if (statement instanceof Statement.Assign assign) {
      Object value = value(assign.value(), scope, assign.line());
      located(assign.line(), () -> give(assign.target(), value, scope));
    } else if (statement instanceof Statement.Break) {
      return Flow.BREAK;
    } else if (statement instanceof Statement.Continue) {
      return Flow.CONTINUE;
    } else {
      block(statement, scope, out);
    }
    return Flow.ON;
  }

  private void block(Statement statement, Scope scope, StringBuilder out) {
    if (statement instanceof Statement.Define define) {
      scope.set(
          define.name(), new Macro(define.name(), define.signature(), define.body(), scope, this));
    } else if (statement instanceof Statement.Generation generation) {
      out.append(captured(generation.body(), new Scope(scope)));
    } else if (statement instanceof Statement.Capture capture) {
      Object value = passed(capture.filter(), capture.body(), scope, capture.line());
      located(capture.line(), () -> give(capture.target(), value, scope));
    } else if (statement instanceof Statement.Pass pass) {
      out.append(Writer.text(passed(pass.filter(), pass.body(), scope, pass.line())));
    } else if (statement instanceof Statement.With with) {
      Scope inner = new Scope(scope);
      for (int i = 0; i < with.targets().size(); i++) {
        Target target = with.targets().get(i);
        Object value = value(with.values().get(i), scope, with.line());
        located(with.line(), () -> give(target, value, inner));
      }
      run(with.body(), inner, out);
    } else if (statement instanceof Statement.CallWith call) {
      Macro caller = new Macro("", call.signature(), call.body(), scope, this);
      located(
          call.line(), () -> out.append(Writer.text(evaluator.called(call.call(), scope, caller))));
    }
  }

  private Object passed(Expression filter, List<Statement> body, Scope scope, int line) {
    Scope inner = new Scope(scope);
    inner.set(Parser.CAPTURED, captured(body, new Scope(scope)));
    return value(filter, inner, line);
  }

  private void loop(Statement.For statement, Scope scope, StringBuilder out) {
    Object all = value(statement.items(), scope, statement.line());
    Iterator<Object> items = located(statement.line(), () -> Values.iterator(all));
    Expression test = statement.test();
    boolean counted = test == null && !(all instanceof Once);
    Loop loop =
        new Loop(
            test == null ? items : passing(items, statement, test, scope),
            counted ? Values.length(all) : -1);
    while (true) {
      Object item = located(statement.line(), () -> optional(loop.next()));
      if (item == END) {
        break;
      }
      limits.step(None.NONE);
      Scope inner = new Scope(scope);
      inner.set("loop", loop);
      located(statement.line(), () -> give(statement.target(), item, inner));
      if (run(statement.body(), inner, out) == Flow.BREAK) {
        return;
      }
    }
    if (loop.index0() < 0) {
      run(statement.otherwise(), new Scope(scope), out);
    }
  }

  private static final Object END = new Object();

  private static Object optional(@Nullable Object value) {
    return value == null ? END : value;
  }

  /** Items for which the test of a loop holds, asked for one after another. */
  private Iterator<Object> passing(
      Iterator<Object> items, Statement.For statement, Expression test, Scope scope) {
    return new Iterator<>() {
      private @Nullable Object next;

      @Override
      public boolean hasNext() {
        while (next == null && items.hasNext()) {
          Object item = items.next();
          limits.step(None.NONE);
          Scope inner = new Scope(scope);
          give(statement.target(), item, inner);
          next = Values.truth(evaluator.value(test, inner)) ? item : null;
        }
        return next != null;
      }

      @Override
      public Object next() {
        Object item = hasNext() ? next : null;
        if (item == null) {
          throw new NoSuchElementException();
        }
        next = null;
        return item;
      }
    };
  }

  private static void give(Target target, Object value, Scope scope) {
    if (target instanceof Statement.Variable variable) {
      scope.set(variable.name(), value);
    } else if (target instanceof Statement.Member member) {
      if (!(scope.get(member.namespace()) instanceof Namespace namespace)) {
        throw new TemplateException(
            "'%s' is no namespace, so '%s' cannot be set in it"
                .formatted(member.namespace(), member.attribute()));
      }
      namespace.set(member.attribute(), value);
    } else if (target instanceof Statement.Unpacked unpacked) {
      List<Object> items = new ArrayList<>(Values.list(value));
      if (items.size() != unpacked.targets().size()) {
        throw new TemplateException(
            "%d values are to be given to %d names"
                .formatted(items.size(), unpacked.targets().size()));
      }
      for (int i = 0; i < items.size(); i++) {
        give(unpacked.targets().get(i), items.get(i), scope);
      }
    }
  }

  private Object value(Expression expression, Scope scope, int line) {
    return located(line, () -> evaluator.value(expression, scope));
  }

  private static void located(int line, Runnable work) {
    located(
        line,
        () -> {
          work.run();
          return None.NONE;
        });
  }

  private static <T> T located(int line, Supplier<T> work) {
    try {
      return work.get();
    } catch (TemplateException e) {
      throw e.at(line);
    }
  }
}
