package dev.sluice.jinja;

import dev.sluice.jinja.TextTemplate.Use;
import dev.sluice.jinja.syntax.Expression;
import dev.sluice.jinja.syntax.Expression.Given;
import dev.sluice.jinja.syntax.Parser;
import dev.sluice.jinja.syntax.Statement;
import dev.sluice.jinja.syntax.Statement.Signature;
import dev.sluice.jinja.syntax.Statement.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names that a template mentions, with the lines of their tags. */
final class TemplateNames {
  /** Functions that every template has, and what a loop or a macro brings. */
  private static final Set<String> GIVEN =
      Set.of(
          "range",
          "dict",
          "namespace",
          "raise_exception",
          "joiner",
          "cycler",
          "strftime_now",
          "loop",
          "caller",
          "varargs",
          "kwargs",
          Parser.CAPTURED);

  private final List<Use> read = new ArrayList<>();
  private final Set<String> set = new HashSet<>(GIVEN);
  private final List<Use> filters = new ArrayList<>();
  private final Map<String, List<Use>> attributes = new LinkedHashMap<>();
  private int line = 1;

  private TemplateNames() {}

  static TemplateNames of(List<Statement> body) {
    TemplateNames names = new TemplateNames();
    names.macros(body);
    names.statements(body);
    return names;
  }

  /** Names that are read where the template itself has not surely set them. */
  List<Use> variables() {
    return read.stream().distinct().toList();
  }

  List<Use> filters() {
    return filters.stream().distinct().toList();
  }

  List<Use> attributes(String variable) {
    return attributes.getOrDefault(variable, List.of()).stream().distinct().toList();
  }

  /** Macros may call those that are defined further down. */
  private void macros(List<Statement> body) {
    for (Statement statement : body) {
      if (statement instanceof Statement.Define define) {
        set.add(define.name());
      }
    }
  }

  private void statements(List<Statement> body) {
    body.forEach(this::statement);
  }

  /** What a scope sets is unknown behind it. */
  private void scoped(Runnable scope) {
    Set<String> before = new HashSet<>(set);
    scope.run();
    set.retainAll(before);
  }

  /** Behind a choice is known what every branch sets. */
  private void choice(Statement.If choice) {
    Set<String> before = new HashSet<>(set);
    Set<String> all = null;
    for (Statement.Branch branch : choice.branches()) {
      line = branch.line();
      expression(branch.test());
      statements(branch.body());
      all = all == null ? new HashSet<>(set) : all;
      all.retainAll(set);
      set.retainAll(before);
    }
    statements(choice.otherwise());
    if (all != null) {
      set.retainAll(all);
    }
  }

  private void statement(Statement statement) {
    if (statement instanceof Statement.Output output) {
      line = output.line();
      expression(output.value());
    } else if (statement instanceof Statement.If choice) {
      choice(choice);
    } else if (statement instanceof Statement.For loop) {
      line = loop.line();
      expression(loop.items());
      scoped(
          () -> {
            target(loop.target());
            expression(loop.test());
            statements(loop.body());
          });
      scoped(() -> statements(loop.otherwise()));
    } else if (statement instanceof Statement.Assign assign) {
      line = assign.line();
      expression(assign.value());
      target(assign.target());
    } else {
      block(statement);
    }
  }

  private void block(Statement statement) {
    if (statement instanceof Statement.Capture capture) {
      line = capture.line();
      expression(capture.filter());
      scoped(() -> statements(capture.body()));
      target(capture.target());
    } else if (statement instanceof Statement.Pass pass) {
      line = pass.line();
      expression(pass.filter());
      statements(pass.body());
    } else if (statement instanceof Statement.With with) {
      line = with.line();
      with.values().forEach(this::expression);
      scoped(
          () -> {
            with.targets().forEach(this::target);
            statements(with.body());
          });
    } else if (statement instanceof Statement.Define define) {
      line = define.line();
      set.add(define.name());
      scoped(
          () -> {
            signature(define.signature());
            statements(define.body());
          });
    } else if (statement instanceof Statement.CallWith call) {
      line = call.line();
      expression(call.call());
      scoped(
          () -> {
            signature(call.signature());
            statements(call.body());
          });
    } else if (statement instanceof Statement.Generation generation) {
      statements(generation.body());
    }
  }

  private void signature(Signature signature) {
    set.addAll(signature.names());
    signature.defaults().forEach(this::expression);
  }

  private void target(Target target) {
    if (target instanceof Statement.Variable variable) {
      set.add(variable.name());
    } else if (target instanceof Statement.Unpacked unpacked) {
      unpacked.targets().forEach(this::target);
    }
  }

  private void expression(@Nullable Expression expression) {
    if (expression instanceof Expression.Name name) {
      if (!set.contains(name.name())) {
        read.add(new Use(name.name(), line));
      }
    } else if (expression instanceof Expression.Attribute attribute) {
      if (attribute.target() instanceof Expression.Name name) {
        attributes
            .computeIfAbsent(name.name(), any -> new ArrayList<>())
            .add(new Use(attribute.name(), line));
      }
      expression(attribute.target());
    } else if (expression instanceof Expression.Item item) {
      if (item.target() instanceof Expression.Name name
          && item.index() instanceof Expression.Constant index
          && index.value() instanceof String key) {
        attributes.computeIfAbsent(name.name(), any -> new ArrayList<>()).add(new Use(key, line));
      }
      expression(item.target());
      expression(item.index());
    } else if (expression instanceof Expression.Slice slice) {
      expression(slice.start());
      expression(slice.stop());
      expression(slice.step());
    } else if (expression instanceof Expression.Call call) {
      expression(call.target());
      given(call.given());
    } else if (expression instanceof Expression.Filtered filtered) {
      expression(filtered.target());
      filters.add(new Use(filtered.name(), line));
      given(filtered.given());
    } else if (expression instanceof Expression.Tested tested) {
      expression(tested.target());
      given(tested.given());
    } else {
      operation(expression);
    }
  }

  private void operation(@Nullable Expression expression) {
    if (expression instanceof Expression.ListOf list) {
      list.items().forEach(this::expression);
    } else if (expression instanceof Expression.TupleOf tuple) {
      tuple.items().forEach(this::expression);
    } else if (expression instanceof Expression.DictOf dict) {
      dict.keys().forEach(this::expression);
      dict.values().forEach(this::expression);
    } else if (expression instanceof Expression.Signed signed) {
      expression(signed.operand());
    } else if (expression instanceof Expression.Binary binary) {
      expression(binary.left());
      expression(binary.right());
    } else if (expression instanceof Expression.Joined joined) {
      joined.parts().forEach(this::expression);
    } else if (expression instanceof Expression.Compared compared) {
      expression(compared.first());
      compared.others().forEach(this::expression);
    } else if (expression instanceof Expression.And and) {
      expression(and.left());
      expression(and.right());
    } else if (expression instanceof Expression.Or or) {
      expression(or.left());
      expression(or.right());
    } else if (expression instanceof Expression.Not not) {
      expression(not.operand());
    } else if (expression instanceof Expression.Choice choice) {
      expression(choice.test());
      expression(choice.then());
      expression(choice.otherwise());
    }
  }

  private void given(Given given) {
    given.positional().forEach(this::expression);
    given.named().forEach(this::expression);
    expression(given.more());
    expression(given.moreNamed());
  }
}
