package dev.sluice.models.chat;

import dev.sluice.models.chat.Expression.Given;
import dev.sluice.models.chat.Statement.Signature;
import dev.sluice.models.chat.Statement.Target;
import dev.sluice.models.chat.TextTemplate.Use;
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
    names.statements(body);
    return names;
  }

  /** Names that are read and nowhere set. */
  List<Use> variables() {
    return read.stream().filter(use -> !set.contains(use.name())).distinct().toList();
  }

  List<Use> filters() {
    return filters.stream().distinct().toList();
  }

  List<Use> attributes(String variable) {
    return attributes.getOrDefault(variable, List.of()).stream().distinct().toList();
  }

  private void statements(List<Statement> body) {
    body.forEach(this::statement);
  }

  private void statement(Statement statement) {
    if (statement instanceof Statement.Output output) {
      line = output.line();
      expression(output.value());
    } else if (statement instanceof Statement.If choice) {
      for (Statement.Branch branch : choice.branches()) {
        line = branch.line();
        expression(branch.test());
        statements(branch.body());
      }
      statements(choice.otherwise());
    } else if (statement instanceof Statement.For loop) {
      line = loop.line();
      target(loop.target());
      expression(loop.items());
      expression(loop.test());
      statements(loop.body());
      statements(loop.otherwise());
    } else if (statement instanceof Statement.Assign assign) {
      line = assign.line();
      target(assign.target());
      expression(assign.value());
    } else {
      block(statement);
    }
  }

  private void block(Statement statement) {
    if (statement instanceof Statement.Capture capture) {
      line = capture.line();
      target(capture.target());
      expression(capture.filter());
      statements(capture.body());
    } else if (statement instanceof Statement.Pass pass) {
      line = pass.line();
      expression(pass.filter());
      statements(pass.body());
    } else if (statement instanceof Statement.With with) {
      line = with.line();
      with.targets().forEach(this::target);
      with.values().forEach(this::expression);
      statements(with.body());
    } else if (statement instanceof Statement.Define define) {
      line = define.line();
      set.add(define.name());
      signature(define.signature());
      statements(define.body());
    } else if (statement instanceof Statement.CallWith call) {
      line = call.line();
      expression(call.call());
      signature(call.signature());
      statements(call.body());
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
      read.add(new Use(name.name(), line));
    } else if (expression instanceof Expression.Attribute attribute) {
      if (attribute.target() instanceof Expression.Name name) {
        attributes
            .computeIfAbsent(name.name(), any -> new ArrayList<>())
            .add(new Use(attribute.name(), line));
      }
      expression(attribute.target());
    } else if (expression instanceof Expression.Item item) {
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
