package dev.sluice.methods.answers;

import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a formula computes. Two formulas are the same if they have the same values at a few points
 * of their variables: fractions there, so that polynomials and quotients of them are compared
 * exactly (Schwartz, Zippel), other functions to {@value Scalar#COMPARED} digits.
 */
sealed interface Expression {

  /** The value at a point. */
  Scalar at(Point point);

  /** What it is made of. */
  List<Expression> parts();

  /** The names of the variables that its value depends on. */
  default Set<String> names() {
    Set<String> names = new TreeSet<>();
    parts().forEach(part -> names.addAll(part.names()));
    return names;
  }

  /** Whether functions are computed in it. */
  default boolean computes() {
    return parts().stream().anyMatch(Expression::computes);
  }

  /** Whether it rounds anywhere: it is constant between steps. */
  default boolean rounds() {
    return parts().stream().anyMatch(Expression::rounds);
  }

  /** A number. */
  record Constant(Scalar value) implements Expression {
    @Override
    public Scalar at(Point point) {
      return value;
    }

    @Override
    public List<Expression> parts() {
      return List.of();
    }
  }

  /** A named quantity. */
  record Variable(String name) implements Expression {
    @Override
    public Scalar at(Point point) {
      return point.value(name);
    }

    @Override
    public List<Expression> parts() {
      return List.of();
    }

    @Override
    public Set<String> names() {
      return Set.of(name);
    }
  }

  /** A sum. */
  record Sum(List<Expression> terms) implements Expression {
    @Override
    public Scalar at(Point point) {
      point.work(terms.size());
      Scalar sum = Scalar.zero();
      for (Expression term : terms) {
        sum = sum.plus(term.at(point));
      }
      return sum;
    }

    @Override
    public List<Expression> parts() {
      return terms;
    }
  }

  /** A product. */
  record Product(List<Expression> factors) implements Expression {
    @Override
    public Scalar at(Point point) {
      point.work(factors.size());
      Scalar product = Scalar.one();
      for (Expression factor : factors) {
        product = product.times(factor.at(point));
      }
      return product;
    }

    @Override
    public List<Expression> parts() {
      return factors;
    }
  }

  /** A quotient. */
  record Quotient(Expression top, Expression bottom) implements Expression {
    @Override
    public Scalar at(Point point) {
      return top.at(point).over(bottom.at(point));
    }

    @Override
    public List<Expression> parts() {
      return List.of(top, bottom);
    }
  }

  /** A power. */
  record Power(Expression base, Expression exponent) implements Expression {
    @Override
    public Scalar at(Point point) {
      point.work(Functions.WORK);
      return base.at(point).power(exponent.at(point));
    }

    @Override
    public List<Expression> parts() {
      return List.of(base, exponent);
    }
  }

  /**
   * A sum or product over whole numbers. Of one that does not end, or is long, the first terms are
   * compared.
   *
   * @param product whether terms are multiplied
   */
  record Series(boolean product, String index, Expression from, Expression to, Expression term)
      implements Expression {
    private static final int MAX_TERMS = 12;

    @Override
    public Scalar at(Point point) {
      Scalar begin = from.at(point);
      Scalar end = to.at(point);
      int terms = MAX_TERMS;
      if (to.names().isEmpty()) {
        Scalar count = end.plus(begin.negated()).plus(Scalar.one());
        if (count.sign() > 0 && count.plus(Scalar.of(-MAX_TERMS)).sign() < 0) {
          if (!(count instanceof Scalar.Fraction whole) || !whole.bottom().equals(BigInteger.ONE)) {
            throw new UndecidedException("a number of terms that is not whole");
          }
          terms = whole.top().intValueExact();
        }
      }
      Scalar total = product ? Scalar.one() : Scalar.zero();
      Scalar next = begin;
      for (int i = 0; i < terms; i++) {
        point.work(10);
        Scalar value = term.at(point.with(index, next));
        total = product ? total.times(value) : total.plus(value);
        next = next.plus(Scalar.one());
      }
      // Where it ends tells two long ones apart.
      return terms == MAX_TERMS ? total.plus(end) : total;
    }

    @Override
    public List<Expression> parts() {
      return List.of(from, to, term);
    }

    @Override
    public Set<String> names() {
      Set<String> names = new TreeSet<>(term.names());
      names.remove(index);
      names.addAll(from.names());
      names.addAll(to.names());
      return names;
    }
  }

  /** A function of one argument, or of two. */
  record Call(String function, List<Expression> arguments) implements Expression {
    @Override
    public Scalar at(Point point) {
      point.work(Functions.WORK);
      return Functions.value(
          function, arguments.stream().map(argument -> argument.at(point)).toList());
    }

    @Override
    public List<Expression> parts() {
      return arguments;
    }

    @Override
    public boolean computes() {
      return true;
    }

    @Override
    public boolean rounds() {
      return function.equals("floor")
          || function.equals("ceil")
          || arguments.stream().anyMatch(Expression::rounds);
    }
  }
}
