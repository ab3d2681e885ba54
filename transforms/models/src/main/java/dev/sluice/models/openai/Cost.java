package dev.sluice.models.openai;

import dev.sluice.models.provider.OpenAiSpec.Price;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What requests use up of a budget. Money is counted in whole millionths of a millionth of a
 * dollar, so that sums are exact; what is more than a {@code long} holds is its greatest value, so
 * that no sum turns negative.
 *
 * @param tokens of prompts and completions
 * @param picoUsd 1e-12 US dollars
 */
public record Cost(long tokens, long picoUsd) {
  public static final Cost NONE = new Cost(0, 0);

  private static final double PICO = 1e12;

  /** The cost of tokens at a price for a million of them; null is no price. */
  public static Cost of(long promptTokens, long completionTokens, @Nullable Price price) {
    long pico =
        price == null
            ? 0
            : sum(
                product(promptTokens, perToken(price.prompt())),
                product(completionTokens, perToken(price.completion())));
    return new Cost(sum(promptTokens, completionTokens), pico);
  }

  /** A dollar for a million tokens is 1e6 pico-dollars a token. */
  private static long perToken(double usdPerMillion) {
    return bounded(
        BigDecimal.valueOf(usdPerMillion).movePointRight(6).setScale(0, RoundingMode.CEILING));
  }

  /** Pico-dollars, rounded down. */
  public static long pico(double usd) {
    return bounded(BigDecimal.valueOf(usd).movePointRight(12).setScale(0, RoundingMode.FLOOR));
  }

  private static long bounded(BigDecimal whole) {
    return whole.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact();
  }

  /** Of numbers that are not negative. */
  private static long product(long one, long other) {
    return Math.multiplyHigh(one, other) == 0 && one * other >= 0 ? one * other : Long.MAX_VALUE;
  }

  /** Of numbers that are not negative. */
  private static long sum(long one, long other) {
    return one + other < 0 ? Long.MAX_VALUE : one + other;
  }

  /** In US dollars. */
  public double usd() {
    return picoUsd / PICO;
  }

  public Cost plus(Cost other) {
    return new Cost(sum(tokens, other.tokens), sum(picoUsd, other.picoUsd));
  }

  Cost minus(Cost other) {
    return new Cost(tokens - other.tokens, picoUsd - other.picoUsd);
  }
}
