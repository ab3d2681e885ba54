package dev.sluice.stages.answers;

import ch.obermuhlner.math.big.BigComplex;
import ch.obermuhlner.math.big.BigComplexMath;
import ch.obermuhlner.math.big.BigDecimalMath;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a formula computes. Two formulas are the same if they have the same values at a few points
 * of their variables: fractions there, so that polynomials and quotients of them are compared
 * exactly (Schwartz, Zippel), other functions to {@value Scalar#COMPARED} digits.
 */
sealed interface Expression {

  /** The value, with values for variables. */
  Scalar at(Function<String, Scalar> variables);

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
    public Scalar at(Function<String, Scalar> variables) {
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
    public Scalar at(Function<String, Scalar> variables) {
      return variables.apply(name);
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
    public Scalar at(Function<String, Scalar> variables) {
      Scalar sum = Scalar.zero();
      for (Expression term : terms) {
        sum = sum.plus(term.at(variables));
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
    public Scalar at(Function<String, Scalar> variables) {
      Scalar product = Scalar.one();
      for (Expression factor : factors) {
        product = product.times(factor.at(variables));
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
    public Scalar at(Function<String, Scalar> variables) {
      return top.at(variables).over(bottom.at(variables));
    }

    @Override
    public List<Expression> parts() {
      return List.of(top, bottom);
    }
  }

  /** A power. */
  record Power(Expression base, Expression exponent) implements Expression {
    @Override
    public Scalar at(Function<String, Scalar> variables) {
      return base.at(variables).power(exponent.at(variables));
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
    private static final int MOST_TERMS = 12;

    @Override
    public Scalar at(Function<String, Scalar> variables) {
      Scalar begin = from.at(variables);
      Scalar end = to.at(variables);
      int terms = MOST_TERMS;
      if (to.names().isEmpty()) {
        Scalar count = end.plus(begin.negated()).plus(Scalar.one());
        if (count.sign() > 0 && count.plus(Scalar.of(-MOST_TERMS)).sign() < 0) {
          terms = Integer.parseInt(count.key());
        }
      }
      Scalar total = product ? Scalar.one() : Scalar.zero();
      Scalar next = begin;
      for (int i = 0; i < terms; i++) {
        Scalar now = next;
        Scalar value = term.at(name -> name.equals(index) ? now : variables.apply(name));
        total = product ? total.times(value) : total.plus(value);
        next = next.plus(Scalar.one());
      }
      // Where it ends tells two long ones apart.
      return terms == MOST_TERMS ? total.plus(end) : total;
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
    /** Largest argument of a factorial. */
    private static final int MOST_FACTORIAL = 2000;

    @Override
    public Scalar at(Function<String, Scalar> variables) {
      Scalar first = arguments.get(0).at(variables);
      return switch (function) {
        case "abs" -> first.magnitude();
        case "factorial" -> factorial(first);
        case "binom" -> binomial(first, arguments.get(1).at(variables));
        case "floor" -> floor(first);
        case "ceil" -> floor(first.negated()).negated();
        case "log" -> log(first).over(log(arguments.get(1).at(variables)));
        case "ln" -> log(first);
        default -> elementary(first);
      };
    }

    private Scalar elementary(Scalar argument) {
      if (argument.isZero()) {
        switch (function) {
          case "sin", "tan", "arcsin", "arctan", "sinh", "tanh" -> {
            return Scalar.zero();
          }
          case "cos", "cosh", "sec" -> {
            return Scalar.one();
          }
          default -> {}
        }
      }
      BigComplex z = argument.complex();
      if (z.re.abs().compareTo(BigDecimal.valueOf(1_000_000)) > 0) {
        throw new UndecidedException("a function of a number that is too large");
      }
      var precision = Scalar.PRECISION;
      return switch (function) {
        case "sin" -> Scalar.of(BigComplexMath.sin(z, precision));
        case "cos" -> Scalar.of(BigComplexMath.cos(z, precision));
        case "tan" -> sine(z).over(cosine(z));
        case "cot" -> cosine(z).over(sine(z));
        case "sec" -> Scalar.one().over(cosine(z));
        case "csc" -> Scalar.one().over(sine(z));
        case "arcsin" -> Scalar.of(BigComplexMath.asin(z, precision));
        case "arccos" ->
            Scalar.of(BigComplex.valueOf(BigDecimalMath.pi(precision)))
                .over(Scalar.of(2))
                .plus(Scalar.of(BigComplexMath.asin(z, precision)).negated());
        case "arctan" -> Scalar.of(BigComplexMath.atan(z, precision));
        case "arccot" ->
            Scalar.of(BigComplex.valueOf(BigDecimalMath.pi(precision)))
                .over(Scalar.of(2))
                .plus(Scalar.of(BigComplexMath.atan(z, precision)).negated());
        case "exp" -> Scalar.of(BigComplexMath.exp(z, precision));
        case "sinh" -> hyperbolic(z, -1);
        case "cosh" -> hyperbolic(z, 1);
        case "tanh" -> hyperbolic(z, -1).over(hyperbolic(z, 1));
        default -> throw new UndecidedException("the function " + function);
      };
    }

    private static Scalar sine(BigComplex z) {
      return Scalar.of(BigComplexMath.sin(z, Scalar.PRECISION));
    }

    private static Scalar cosine(BigComplex z) {
      return Scalar.of(BigComplexMath.cos(z, Scalar.PRECISION));
    }

    private static Scalar hyperbolic(BigComplex z, int sign) {
      Scalar up = Scalar.of(BigComplexMath.exp(z, Scalar.PRECISION));
      Scalar down = Scalar.of(BigComplexMath.exp(z.negate(), Scalar.PRECISION));
      return up.plus(down.times(Scalar.of(sign))).over(Scalar.of(2));
    }

    private static Scalar log(Scalar argument) {
      if (argument.isZero()) {
        throw new UndecidedException("the logarithm of zero");
      }
      return argument.key().equals("1")
          ? Scalar.zero()
          : Scalar.of(BigComplexMath.log(argument.complex(), Scalar.PRECISION));
    }

    private static int small(Scalar number) {
      if (number instanceof Scalar.Fraction fraction
          && fraction.bottom().equals(BigInteger.ONE)
          && fraction.top().signum() >= 0
          && fraction.top().bitLength() < 31
          && fraction.top().intValue() <= MOST_FACTORIAL) {
        return fraction.top().intValue();
      }
      throw new UndecidedException("the factorial of such a number");
    }

    private static Scalar factorial(Scalar number) {
      if (!(number instanceof Scalar.Fraction fraction)
          || !fraction.bottom().equals(BigInteger.ONE)) {
        // Of a variable: any function that tells n! from (n+1)! will do.
        return Scalar.of(
            BigComplex.valueOf(
                BigDecimalMath.factorial(number.complex().re.abs(), Scalar.PRECISION)));
      }
      BigInteger product = BigInteger.ONE;
      for (int i = 2; i <= small(number); i++) {
        product = product.multiply(BigInteger.valueOf(i));
      }
      return Scalar.ratio(product, BigInteger.ONE);
    }

    private static Scalar binomial(Scalar of, Scalar choose) {
      return factorial(of).over(factorial(choose).times(factorial(of.plus(choose.negated()))));
    }

    private static Scalar floor(Scalar number) {
      if (number instanceof Scalar.Fraction fraction) {
        BigInteger[] parts = fraction.top().divideAndRemainder(fraction.bottom());
        BigInteger down = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
        return Scalar.ratio(down, BigInteger.ONE);
      }
      int unused = number.sign();
      return Scalar.of(number.complex().re.setScale(0, RoundingMode.FLOOR));
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
