package dev.sluice.methods.answers;

import ch.obermuhlner.math.big.BigComplex;
import ch.obermuhlner.math.big.BigComplexMath;
import ch.obermuhlner.math.big.BigDecimalMath;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * A number: a fraction as long as it can be one, else a complex number of {@value #DIGITS} digits.
 * Every operation is bounded; what would grow beyond the bounds is an {@link UndecidedException}.
 */
sealed interface Scalar {
  /** Digits that are computed with. */
  int DIGITS = 60;

  /** Digits by which numbers that are no fractions are told apart. */
  int COMPARED = 40;

  /** Longest numerator or denominator of a fraction, in bits. */
  int MAX_BITS = 40_000;

  /** Digits before the point of the largest computed number. */
  int MAX_MAGNITUDE = 5_000;

  MathContext PRECISION = new MathContext(DIGITS, RoundingMode.HALF_EVEN);

  static Scalar zero() {
    return new Fraction(BigInteger.ZERO, BigInteger.ONE);
  }

  static Scalar one() {
    return new Fraction(BigInteger.ONE, BigInteger.ONE);
  }

  /** The root of -1. */
  static Scalar i() {
    return new Complex(BigComplex.I);
  }

  /**
   * A fraction in lowest terms.
   *
   * @param top carries the sign
   * @param bottom at least 1
   */
  record Fraction(BigInteger top, BigInteger bottom) implements Scalar {}

  /** A number that is no fraction, as far as is known. */
  record Complex(BigComplex value) implements Scalar {}

  static Scalar of(long whole) {
    return new Fraction(BigInteger.valueOf(whole), BigInteger.ONE);
  }

  static Scalar of(BigDecimal decimal) {
    return decimal.scale() <= 0
        ? ratio(decimal.toBigIntegerExact(), BigInteger.ONE)
        : ratio(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()));
  }

  static Scalar ratio(BigInteger top, BigInteger bottom) {
    if (bottom.signum() == 0) {
      throw new UndecidedException("division by zero");
    }
    if (top.bitLength() > MAX_BITS || bottom.bitLength() > MAX_BITS) {
      throw new UndecidedException("a number of too many digits");
    }
    BigInteger divisor = top.gcd(bottom);
    if (bottom.signum() < 0) {
      divisor = divisor.negate();
    }
    return new Fraction(top.divide(divisor), bottom.divide(divisor));
  }

  /** A computed number, without the noise behind its digits. */
  static Scalar of(BigComplex value) {
    BigDecimal size = value.re.abs().max(value.im.abs());
    if (size.precision() - size.scale() > MAX_MAGNITUDE) {
      throw new UndecidedException("a number that is too large");
    }
    BigDecimal noise = size.max(BigDecimal.ONE.movePointLeft(DIGITS)).movePointLeft(DIGITS - 5);
    return new Complex(BigComplex.valueOf(heard(value.re, noise), heard(value.im, noise)));
  }

  private static BigDecimal heard(BigDecimal part, BigDecimal noise) {
    return part.abs().compareTo(noise) < 0 ? BigDecimal.ZERO : part.round(PRECISION);
  }

  /** The same as a complex number. */
  default BigComplex complex() {
    if (this instanceof Complex complex) {
      return complex.value();
    }
    Fraction fraction = (Fraction) this;
    return BigComplex.valueOf(
        new BigDecimal(fraction.top()).divide(new BigDecimal(fraction.bottom()), PRECISION));
  }

  default Scalar plus(Scalar other) {
    if (this instanceof Fraction a && other instanceof Fraction b) {
      return ratio(
          a.top().multiply(b.bottom()).add(b.top().multiply(a.bottom())),
          a.bottom().multiply(b.bottom()));
    }
    return of(complex().add(other.complex(), PRECISION));
  }

  default Scalar negated() {
    return times(of(-1));
  }

  default Scalar times(Scalar other) {
    if (this instanceof Fraction a && other instanceof Fraction b) {
      return ratio(a.top().multiply(b.top()), a.bottom().multiply(b.bottom()));
    }
    return of(complex().multiply(other.complex(), PRECISION));
  }

  default Scalar over(Scalar other) {
    if (other.isZero()) {
      throw new UndecidedException("division by zero");
    }
    if (this instanceof Fraction a && other instanceof Fraction b) {
      return ratio(a.top().multiply(b.bottom()), a.bottom().multiply(b.top()));
    }
    return of(complex().divide(other.complex(), PRECISION));
  }

  /** The principal value of a power. */
  default Scalar power(Scalar exponent) {
    if (this instanceof Fraction base && exponent instanceof Fraction by) {
      if (by.bottom().equals(BigInteger.ONE)) {
        return whole(base, by.top());
      }
      Scalar root = root(base, by);
      if (root != null) {
        return root;
      }
    }
    if (isZero()) {
      if (exponent.complex().re.signum() <= 0) {
        throw new UndecidedException("a power of zero");
      }
      return zero();
    }
    if (exponent.complex().re.abs().compareTo(BigDecimal.valueOf(10_000)) > 0) {
      throw new UndecidedException("a power that is too large");
    }
    BigComplex base = complex();
    BigComplex by = exponent.complex();
    return base.im.signum() == 0 && by.im.signum() == 0 && base.re.signum() > 0
        ? of(BigComplex.valueOf(BigDecimalMath.pow(base.re, by.re, PRECISION)))
        : of(BigComplexMath.pow(base, by, PRECISION));
  }

  private static Scalar whole(Fraction base, BigInteger by) {
    if (by.bitLength() > 31
        || (long) Math.max(base.top().bitLength(), base.bottom().bitLength())
                * Math.abs(by.intValue())
            > MAX_BITS) {
      throw new UndecidedException("a power of too many digits");
    }
    int exponent = Math.abs(by.intValue());
    BigInteger top = base.top().pow(exponent);
    BigInteger bottom = base.bottom().pow(exponent);
    return by.signum() >= 0 ? ratio(top, bottom) : ratio(bottom, top);
  }

  /** The power of a positive fraction if it is a fraction itself; null if it is none. */
  @SuppressWarnings("NullAway")
  private static @Nullable Scalar root(Fraction base, Fraction by) {
    if (base.top().signum() <= 0 || by.bottom().bitLength() > 10) {
      return null;
    }
    int degree = by.bottom().intValue();
    BigInteger top = exactRoot(base.top(), degree);
    BigInteger bottom = exactRoot(base.bottom(), degree);
    return top == null || bottom == null ? null : whole(new Fraction(top, bottom), by.top());
  }

  private static @Nullable BigInteger exactRoot(BigInteger number, int degree) {
    BigInteger low = BigInteger.ONE;
    BigInteger high = BigInteger.ONE.shiftLeft(number.bitLength() / degree + 1);
    while (low.compareTo(high) <= 0) {
      BigInteger middle = low.add(high).shiftRight(1);
      int sign = middle.pow(degree).compareTo(number);
      if (sign == 0) {
        return middle;
      }
      if (sign < 0) {
        low = middle.add(BigInteger.ONE);
      } else {
        high = middle.subtract(BigInteger.ONE);
      }
    }
    return null;
  }

  /** The distance from zero. */
  default Scalar magnitude() {
    if (this instanceof Fraction fraction) {
      return new Fraction(fraction.top().abs(), fraction.bottom());
    }
    BigComplex value = complex();
    if (value.im.signum() == 0) {
      return of(BigComplex.valueOf(value.re.abs()));
    }
    return of(BigComplex.valueOf(BigDecimalMath.sqrt(value.absSquare(PRECISION), PRECISION)));
  }

  default boolean isZero() {
    if (this instanceof Fraction fraction) {
      return fraction.top().signum() == 0;
    }
    return rounded(complex().re).signum() == 0 && rounded(complex().im).signum() == 0;
  }

  /** -1, 0 or 1. */
  default int sign() {
    if (this instanceof Fraction fraction) {
      return fraction.top().signum();
    }
    if (rounded(complex().im).signum() != 0) {
      throw new UndecidedException("the sign of a number that is not real");
    }
    return rounded(complex().re).signum();
  }

  /** Equal texts for equal numbers. */
  default String key() {
    if (this instanceof Fraction fraction) {
      return fraction.bottom().equals(BigInteger.ONE)
          ? fraction.top().toString()
          : fraction.top() + "/" + fraction.bottom();
    }
    BigDecimal real = rounded(complex().re);
    BigDecimal imaginary = rounded(complex().im);
    if (imaginary.signum() == 0 && real.signum() == 0) {
      return "0";
    }
    // What comes out as a short decimal was one: sqrt(2)^2, sin(pi/6).
    return text(real) + (imaginary.signum() == 0 ? "" : "+" + text(imaginary) + "i");
  }

  private static String text(BigDecimal rounded) {
    BigDecimal plain = rounded.stripTrailingZeros();
    if (plain.precision() <= COMPARED - 10 && plain.scale() < DIGITS) {
      return of(plain.setScale(Math.max(0, plain.scale()))).key();
    }
    Scalar near = fraction(rounded);
    return near == null ? "~" + plain : near.key();
  }

  /**
   * The fraction with a small denominator that a value is, to all the digits that are compared;
   * null if it is none. By its continued fraction: log 4 to the base 8 is 2/3.
   */
  private static @Nullable Scalar fraction(BigDecimal value) {
    BigInteger[] tops = {BigInteger.ZERO, BigInteger.ONE};
    BigInteger[] bottoms = {BigInteger.ONE, BigInteger.ZERO};
    BigDecimal rest = value;
    for (int i = 0; i < 16; i++) {
      BigInteger whole = rest.setScale(0, RoundingMode.FLOOR).toBigInteger();
      BigInteger top = whole.multiply(tops[1]).add(tops[0]);
      BigInteger bottom = whole.multiply(bottoms[1]).add(bottoms[0]);
      if (bottom.bitLength() > 30 || top.bitLength() > 40) {
        return null;
      }
      BigDecimal error =
          new BigDecimal(top).divide(new BigDecimal(bottom), PRECISION).subtract(value).abs();
      if (error.compareTo(value.abs().scaleByPowerOfTen(2 - COMPARED)) < 0) {
        return ratio(top, bottom);
      }
      tops[0] = tops[1];
      tops[1] = top;
      bottoms[0] = bottoms[1];
      bottoms[1] = bottom;
      rest = rest.subtract(new BigDecimal(whole));
      if (rest.signum() == 0) {
        return null;
      }
      rest = BigDecimal.ONE.divide(rest, PRECISION);
    }
    return null;
  }

  /** Noise behind the digits that count is nothing. */
  private static BigDecimal rounded(BigDecimal value) {
    if (value.signum() == 0 || value.precision() - value.scale() < -COMPARED) {
      return BigDecimal.ZERO;
    }
    return value.round(new MathContext(COMPARED, RoundingMode.HALF_EVEN));
  }
}
