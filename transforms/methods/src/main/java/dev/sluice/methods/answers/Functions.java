package dev.sluice.methods.answers;

import ch.obermuhlner.math.big.BigComplex;
import ch.obermuhlner.math.big.BigComplexMath;
import ch.obermuhlner.math.big.BigDecimalMath;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/** What the functions of formulas give. */
final class Functions {
  /** What one costs, in additions. */
  static final int WORK = 100;

  /** Largest argument of a factorial. */
  private static final int MAX_FACTORIAL = 2000;

  private Functions() {}

  /** The value of a function, by the name that {@link Symbols} has for it. */
  static Scalar value(String function, List<Scalar> arguments) {
    Scalar first = arguments.get(0);
    return switch (function) {
      case "abs" -> first.magnitude();
      case "factorial" -> factorial(first);
      case "binom" -> binomial(first, arguments.get(1));
      case "floor" -> floor(first);
      case "ceil" -> floor(first.negated()).negated();
      case "log" -> log(first).over(log(arguments.get(1)));
      case "ln" -> log(first);
      default -> elementary(function, first);
    };
  }

  private static Scalar elementary(String function, Scalar argument) {
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
    MathContext precision = Scalar.PRECISION;
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
        && fraction.top().intValue() <= MAX_FACTORIAL) {
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
}
