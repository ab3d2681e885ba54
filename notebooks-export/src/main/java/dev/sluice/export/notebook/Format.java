package dev.sluice.export.notebook;

import dev.sluice.records.Metric;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values as Python formats them. */
final class Format {
  private Format() {}

  /** {@code f"{value:.<digits>f}"}: rounds the exact binary value, half to even. */
  static String fixed(double value, int digits) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
    BigDecimal rounded = new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN);
    boolean negativeZero =
        rounded.signum() == 0 && (Double.doubleToRawLongBits(value) & Long.MIN_VALUE) != 0;
    return (negativeZero ? "-" : "") + rounded.toPlainString();
  }

  /** {@code f"{value:+.<digits>f}"}. */
  static String signed(double value, int digits) {
    String text = fixed(value, digits);
    return text.startsWith("-") ? text : "+" + text;
  }

  /** {@code f"{count:,}"}. */
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** A metric with its interval. */
  static String interval(@Nullable Metric metric) {
    if (metric == null) {
      return "–";
    }
    String value = fixed(metric.value(), 3);
    Double low = metric.low();
    Double high = metric.high();
    return low == null || high == null
        ? value
        : value + " [" + fixed(low, 3) + ", " + fixed(high, 3) + "]";
  }

  /** The mean, added up in order; 0 of nothing. */
  static double mean(List<Double> values) {
    double total = 0;
    for (double value : values) {
      total += value;
    }
    return values.isEmpty() ? 0 : total / values.size();
  }

  /** {@code html.escape(text, quote=False)}. */
  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
