package dev.sluice.methods.answers;

import java.util.ArrayList;
import java.util.List;

/** Lists of values: those of one name are one value of it. */
final class AnswerLists {
  private AnswerLists() {}

  /** The value that a list of at least two is. */
  static AnswerValue of(List<AnswerValue> values) {
    if (!(values.get(0) instanceof AnswerValue.Named first)) {
      return new AnswerValue.Unordered("list", values);
    }
    // x = 2, 3: both are values of x.
    if (values.stream().skip(1).noneMatch(AnswerValue::named)) {
      List<AnswerValue> all = new ArrayList<>(values);
      all.set(0, first.value());
      return new AnswerValue.Named(first.name(), new AnswerValue.Unordered("list", all), null);
    }
    // x = 2 or x = 3 the same, and x < 2 or x > 3 is a union.
    List<AnswerValue.Named> named =
        values.stream()
            .filter(AnswerValue.Named.class::isInstance)
            .map(AnswerValue.Named.class::cast)
            .filter(each -> each.name().equals(first.name()))
            .toList();
    if (named.size() < values.size()) {
      return new AnswerValue.Unordered("list", values);
    }
    List<AnswerValue> all = named.stream().map(AnswerValue.Named::value).toList();
    return named.stream().allMatch(each -> isInterval(each.value()))
        ? new AnswerValue.Named(
            first.name(),
            new AnswerValue.Unordered("union", all),
            new AnswerValue.Unordered("list", values).key())
        : new AnswerValue.Named(first.name(), new AnswerValue.Unordered("list", all), null);
  }

  private static boolean isInterval(AnswerValue value) {
    return value instanceof AnswerValue.Ordered ordered
        && ordered.values().size() == 2
        && List.of("(", "[").contains(ordered.open());
  }
}
