package dev.sluice.methods.answers;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an answer says. Two say the same iff their {@linkplain #key keys} are equal. */
sealed interface AnswerValue {

  /** Equal texts for equal values. */
  String key();

  /** Whether the grammar read it; what it did not is compared by its text. */
  default boolean parsed() {
    return true;
  }

  /** Whether it says what has the value, which is not left out in part. */
  default boolean named() {
    return false;
  }

  /** Whether the other may be this one with something left out: a unit, a name, braces. */
  default boolean matches(AnswerValue other) {
    return key().equals(other.key());
  }

  /** Whether either may be the other with something left out. */
  default boolean agrees(AnswerValue other) {
    return matches(other) || other.matches(this);
  }

  /**
   * A quantity.
   *
   * @param formula its number in the unit that is written, as a key
   * @param scaled the same in base units
   * @param unit null: none
   * @param label words behind the number that are no known unit; empty: none
   * @param product the key if the letters of the unit are variables: {@code 9.8 t}; null: it is
   *     none
   */
  record Quantity(
      String formula, String scaled, @Nullable Unit unit, String label, @Nullable String product)
      implements AnswerValue {

    Quantity orProduct(@Nullable String key) {
      return new Quantity(formula, scaled, unit, label, key);
    }

    @Override
    public String key() {
      return scaled + (unit == null ? "" : unit.key()) + (label.isEmpty() ? "" : " " + label);
    }

    boolean bare() {
      return unit == null && label.isEmpty();
    }

    @Override
    public boolean matches(AnswerValue other) {
      if (!(other instanceof Quantity quantity)) {
        return key().equals(other.key()) || (other instanceof Named named && named.matches(this));
      }
      if (bare() || quantity.bare()) {
        return formula.equals(quantity.formula)
            || scaled.equals(quantity.scaled)
            || formula.equals(quantity.product);
      }
      return key().equals(quantity.key());
    }
  }

  /**
   * A name with its value.
   *
   * @param relation the same as an equation; null if it is none that can be decided
   */
  record Named(String name, AnswerValue value, @Nullable String relation) implements AnswerValue {
    @Override
    public String key() {
      return relation != null ? relation : name + " = " + value.key();
    }

    @Override
    public boolean parsed() {
      return value.parsed();
    }

    @Override
    public boolean named() {
      return true;
    }

    @Override
    public boolean matches(AnswerValue other) {
      if (other instanceof Named named) {
        return key().equals(named.key()) || (name.equals(named.name) && value.matches(named.value));
      }
      return other.named() ? key().equals(other.key()) : value.agrees(other);
    }
  }

  /** An equation or an inequality, by its two sides. */
  record Relation(String key) implements AnswerValue {
    @Override
    public boolean named() {
      return true;
    }
  }

  /**
   * A value, and what is given as its approximation: either may be the answer.
   *
   * @param sure whether the one was computed from the other
   */
  record Approximated(AnswerValue exact, AnswerValue about, boolean sure) implements AnswerValue {
    @Override
    public String key() {
      return sure ? exact.key() : exact.key() + " about " + about.key();
    }

    @Override
    public boolean parsed() {
      return exact.parsed();
    }

    @Override
    public boolean matches(AnswerValue other) {
      return other instanceof Approximated
          ? key().equals(other.key())
          : exact.agrees(other) || about.agrees(other);
    }
  }

  /** Values in order between brackets: a point, an interval, a vector, a ratio. */
  record Ordered(String open, List<AnswerValue> values, String close) implements AnswerValue {
    public Ordered {
      values = List.copyOf(values);
    }

    @Override
    public String key() {
      return values.stream()
          .map(AnswerValue::key)
          .collect(Collectors.joining(" , ", open + " ", " " + close));
    }

    @Override
    public boolean parsed() {
      return values.stream().allMatch(AnswerValue::parsed);
    }

    @Override
    public boolean matches(AnswerValue other) {
      if (other instanceof Named named) {
        return named.matches(this);
      }
      if (!(other instanceof Ordered ordered)
          || !open.equals(ordered.open)
          || !close.equals(ordered.close)
          || values.size() != ordered.values.size()) {
        return false;
      }
      for (int i = 0; i < values.size(); i++) {
        if (!values.get(i).agrees(ordered.values.get(i))) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Values in any order.
   *
   * @param kind {@code set}, {@code list} or {@code union}
   */
  record Unordered(String kind, List<AnswerValue> values) implements AnswerValue {
    public Unordered {
      values = List.copyOf(values);
    }

    @Override
    public String key() {
      return values.stream()
          .map(AnswerValue::key)
          .sorted()
          .collect(
              Collectors.collectingAndThen(
                  Collectors.toList(),
                  keys -> kind.equals("set") ? new LinkedHashSet<>(keys) : keys))
          .stream()
          .collect(Collectors.joining(" , ", kind + " { ", " }"));
    }

    @Override
    public boolean parsed() {
      return values.stream().allMatch(AnswerValue::parsed);
    }

    @Override
    public boolean named() {
      return values.stream().anyMatch(AnswerValue::named);
    }

    @Override
    public boolean matches(AnswerValue other) {
      if (other instanceof Named named) {
        return named.matches(this);
      }
      if (!(other instanceof Unordered unordered)
          || values.size() != unordered.values.size()
          || kind.equals("union") != unordered.kind.equals("union")) {
        return false;
      }
      List<AnswerValue> left = new ArrayList<>(unordered.values);
      for (AnswerValue value : values) {
        AnswerValue partner =
            left.stream().filter(each -> each.key().equals(value.key())).findFirst().orElse(null);
        if (partner == null) {
          partner = left.stream().filter(value::agrees).findFirst().orElse(null);
        }
        if (partner == null || !left.remove(partner)) {
          return false;
        }
      }
      return true;
    }
  }

  /** Words and formulas. */
  record Sentence(List<AnswerValue> parts) implements AnswerValue {
    public Sentence {
      parts = List.copyOf(parts);
    }

    @Override
    public String key() {
      return parts.stream()
          .map(AnswerValue::key)
          .collect(Collectors.joining(" , ", "sentence ", ""));
    }

    @Override
    public boolean parsed() {
      return parts.stream().allMatch(AnswerValue::parsed);
    }

    @Override
    public boolean matches(AnswerValue other) {
      if (other instanceof Sentence sentence) {
        return key().equals(sentence.key());
      }
      // "The mode is 1/3" may be said as 1/3.
      List<AnswerValue> said = parts.stream().filter(part -> !(part instanceof Words)).toList();
      return said.size() == 1
          && said.get(0).equals(parts.get(parts.size() - 1))
          && said.get(0).agrees(other);
    }
  }

  /** A letter that names an option. */
  record Option(String letter) implements AnswerValue {
    @Override
    public String key() {
      return "option " + letter;
    }
  }

  /**
   * Words.
   *
   * @param product the key if a short word is a product of variables: {@code xy}; null: it is none
   */
  record Words(String text, @Nullable String product) implements AnswerValue {
    @Override
    public String key() {
      return "words " + text.toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean matches(AnswerValue other) {
      return key().equals(other.key())
          || (product != null && other instanceof Quantity && product.equals(other.key()));
    }
  }

  /** A formula that was not read: its text without what does not change it. */
  record Unread(String text) implements AnswerValue {
    @Override
    public String key() {
      return "text " + text;
    }

    @Override
    public boolean parsed() {
      return false;
    }
  }
}
